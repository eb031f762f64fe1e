import type {
  EndpointBalance,
  EndpointSettings,
  OutlierSettings,
  PolicySettings,
} from '../call/settings.ts';
import {
  anyShare,
  checkBound,
  count,
  duration,
  fields,
  number,
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
  by: [balanceWord, 'peak-ewma', 'balance'],
  decay: [positiveDuration, 10_000, 'decayMs'],
  penalty: [duration, 1000, 'failurePenaltyMs'],
});

const MOST_REQUESTS = 1_000_000;
const MOST_ENDPOINTS = 10_000;

const successRate = fields({
  deviations: [number(0, 100), 1.9],
  of: [count(1, MOST_REQUESTS), 100, 'requests'],
  replicas: [count(2, MOST_ENDPOINTS), 5, 'endpoints'],
});

const failures = fields({
  share: [anyShare, 0.85],
  of: [count(1, MOST_REQUESTS), 50, 'requests'],
  replicas: [count(1, MOST_ENDPOINTS), 5, 'endpoints'],
});

const outliersFields = fields({
  consecutive: [count(1, MOST_REQUESTS), 5, 'consecutiveFailures'],
  interval: [positiveDuration, 10_000, 'intervalMs'],
  successRate: [successRate, successRate({}, '')],
  failures: [failures, failures({}, ''), 'failureShare'],
  eject: [positiveDuration, 30_000, 'ejectMs'],
  ejectMax: [positiveDuration, 300_000, 'ejectMaxMs'],
  share: [someShare, 0.34, 'shareMax'],
});

const outliers: Reader<OutlierSettings> = (value, at) => {
  const given = value === true ? {} : value;
  const read = outliersFields(given, at);
  checkBound(given, at, ['ejectMax', read.ejectMaxMs], ['eject', read.ejectMs]);
  return read;
};

const balance: Reader<Omit<EndpointSettings, 'outliers'>> = (value, at) =>
  balanceFields(typeof value === 'string' ? { by: balanceWord(value, at) } : value, at);

/** Who names endpoints, or leaves some out, chooses among them. */
export function endpointSettings(given: {
  readonly balance?: unknown;
  readonly outliers?: unknown;
  readonly endpoints?: unknown;
}): Pick<PolicySettings, 'endpoints'> {
  const rules = given.outliers === undefined ? undefined : outliers(given.outliers, 'outliers');
  const otherwise = given.endpoints === undefined ? rules && 'round-robin' : 'peak-ewma';
  const by = given.balance ?? otherwise;
  if (by === undefined) return {};
  return { endpoints: { ...balance(by, 'balance'), ...(rules && { outliers: rules }) } };
}
