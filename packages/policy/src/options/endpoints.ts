import type { EndpointBalance, EndpointSettings, OutlierSettings } from '../call/settings.ts';
import {
  anyShare,
  count,
  duration,
  fields,
  number,
  OptionError,
  positiveDuration,
  someShare,
  word,
} from './reader.ts';
import type { Reader } from './reader.ts';

const balanceWord = word([
  'peak-ewma',
  'round-robin',
  'random',
  'least-in-flight',
  'two-choices',
] satisfies readonly EndpointBalance[]);

const balanceFields = fields({
  by: [balanceWord, 'peak-ewma'],
  decay: [positiveDuration, 10_000],
  penalty: [duration, 1000],
});

const MOST_REQUESTS = 1_000_000;
const MOST_ENDPOINTS = 10_000;

const successRateFields = fields({
  deviations: [number(0, 100), 1.9],
  of: [count(1, MOST_REQUESTS), 100],
  replicas: [count(2, MOST_ENDPOINTS), 5],
});

const failuresFields = fields({
  share: [anyShare, 0.85],
  of: [count(1, MOST_REQUESTS), 50],
  replicas: [count(1, MOST_ENDPOINTS), 5],
});

const outliersFields = fields({
  consecutive: [count(1, MOST_REQUESTS), 5],
  interval: [positiveDuration, 10_000],
  successRate: [successRateFields, successRateFields({}, '')],
  failures: [failuresFields, failuresFields({}, '')],
  eject: [positiveDuration, 30_000],
  ejectMax: [positiveDuration, 300_000],
  share: [someShare, 0.34],
});

export const outliers: Reader<OutlierSettings> = (value, at) => {
  const read = outliersFields(value === true ? {} : value, at);
  const { successRate, failures, eject, ejectMax } = read;
  if (ejectMax < eject) {
    throw new OptionError(`${at}.ejectMax`, ejectMax, `write at least eject, which is ${eject} ms`);
  }
  return {
    consecutiveFailures: read.consecutive,
    intervalMs: read.interval,
    successRate: {
      deviations: successRate.deviations,
      requests: successRate.of,
      endpoints: successRate.replicas,
    },
    failureShare: { share: failures.share, requests: failures.of, endpoints: failures.replicas },
    ejectMs: eject,
    ejectMaxMs: ejectMax,
    shareMax: read.share,
  };
};

export const balance: Reader<Omit<EndpointSettings, 'outliers'>> = (value, at) => {
  const isShort = typeof value === 'string';
  const { by, decay, penalty } = balanceFields(
    isShort ? { by: balanceWord(value, at) } : value,
    at,
  );
  return { balance: by, decayMs: decay, failurePenaltyMs: penalty };
};
