import { faultWith } from '../proxy/fault.ts';
import type { Deed } from './deeds.ts';
import { type PlannedTrial, requestsLeast, trial, type TrialSettings } from './planned.ts';
import type { Dependency, Subject } from './subject.ts';
import type { TrialName } from './trial.ts';

/** So much slower is a dependency in trouble; and a tenfold of nothing is nothing. */
const slowFactor = 10;
const slowLeastMs = 100;

/** A share that hits often enough to show, and that retries can still win against. */
const failingShare = 0.5;
const resetShare = 0.3;

/** Long enough to cut every connection that is open, and short enough to let new ones live. */
const cutMs = 20;

/**
 * How much longer answers take in a brown-out.
 *
 * @param callMs what they take in the calm; NaN: nobody knows
 */
export function brownOutMs(callMs: number): number {
  const slowMs = Math.max(slowLeastMs, (slowFactor - 1) * (callMs || 0));
  return Number(slowMs.toPrecision(2));
}

/** What is done to what the target calls, through the proxy in front of it. */
export function dependencyTrials(
  dependency: Dependency,
  index: number,
  { calm, forMs }: TrialSettings,
): readonly PlannedTrial[] {
  const speaksHttp = calm.speaksHttp[index] === true;
  const on = (name: TrialName, what: string, deed: FaultDeed, counted: Counted): PlannedTrial => ({
    ...trial(name, 'dependency', dependency.name, what),
    deed: { kind: 'fault', edge: dependency.edge, ...deed },
    ...counted,
  });
  const calls = speaksHttp ? requests : connections;
  return [
    ...slowTrials(dependency, brownOutMs(calm.callMs[index]!), on, calls),
    speaksHttp
      ? on(
          'failing share',
          `${failingShare * 100} % of the calls are answered with 503`,
          failing,
          calls,
        )
      : {
          ...trial(
            'failing share',
            'dependency',
            dependency.name,
            'calls are answered with an error',
          ),
          because: 'it does not speak HTTP, so nothing can answer in its place; see resets',
        },
    // A small pool is full of them at once, and makes no more.
    on('blackhole', silence, silent, { ...calls, touchedLeast: 1 }),
    speaksHttp
      ? on(
          'resets',
          `${resetShare * 100} % of the requests are reset in the answer`,
          resetting,
          calls,
        )
      : on(
          'resets',
          'each of its connections is reset in its next answer',
          resettingOnce(calm.connections[index]!),
          calls,
        ),
    on('slow close', `it closes connections ${forMs / 1000} s late`, closing(forMs), connections),
    on('connection storm', storm, cutting, connections),
  ];
}

/** The same, none of which can be done without a proxy. */
export function outOfReachTrials({ name, because }: Subject['outOfReach'][number]) {
  const whats: readonly (readonly [TrialName, string])[] = [
    ['brown-out', 'each answer takes longer'],
    ['one slow replica', 'answers of one of its replicas take longer'],
    ['failing share', 'calls are answered with an error'],
    ['blackhole', silence],
    ['resets', 'calls are reset in the answer'],
    ['slow close', 'it closes connections late'],
    ['connection storm', storm],
  ];
  return whats.map(([it, what]) => ({ ...trial(it, 'dependency', name, what), because }));
}

const silence = 'calls are taken, and never answered';
const storm = 'all connections to it are cut at once';

type FaultDeed = Omit<Extract<Deed, { kind: 'fault' }>, 'kind' | 'edge'>;

interface Counted {
  readonly unit: string;
  readonly touchedLeast: number;
}

const requests: Counted = { unit: 'requests', touchedLeast: requestsLeast };
const connections: Counted = { unit: 'connections', touchedLeast: 1 };

const failing: FaultDeed = {
  fault: faultWith(
    { kind: 'http_status', status: 503, headers: {}, body: '' },
    { share: failingShare },
  ),
};

const silent: FaultDeed = { fault: faultWith({ kind: 'blackhole' }) };

const resetInAnswer = { kind: 'reset_peer', timeoutMs: 0, bytes: 1 } as const;

const resetting: FaultDeed = {
  fault: faultWith(resetInAnswer, { share: resetShare, each: 'request' }),
};

/** Not a share, which of one connection is mostly none; and not for good, as if it were gone. */
function resettingOnce(open: number): FaultDeed {
  return { fault: faultWith(resetInAnswer, { first: Math.max(1, open), each: 'connection' }) };
}

function closing(delayMs: number): FaultDeed {
  return { fault: faultWith({ kind: 'slow_close', delayMs }) };
}

const cutting: FaultDeed = {
  fault: faultWith({ kind: 'reset_peer', timeoutMs: 0, bytes: undefined }),
  forMs: cutMs,
};

function slowTrials(
  { name, edge }: Dependency,
  slowMs: number,
  on: (name: TrialName, what: string, deed: FaultDeed, counted: Counted) => PlannedTrial,
  calls: Counted,
): readonly PlannedTrial[] {
  const latency = { kind: 'latency', time: { kind: 'constant', valueMs: slowMs } } as const;
  const oneOfSeveral = `answers of one of its replicas take ${slowMs} ms longer`;
  return [
    on('brown-out', `each answer takes ${slowMs} ms longer`, { fault: faultWith(latency) }, calls),
    edge.callee.addresses.length > 1
      ? on(
          'one slow replica',
          oneOfSeveral,
          { fault: faultWith(latency, { replicas: [0] }) },
          calls,
        )
      : {
          ...trial('one slow replica', 'dependency', name, oneOfSeveral),
          because: 'it has one replica, as far as is known',
        },
  ];
}
