import type { LoadPlan } from '../load/plan.ts';
import { formatAddress } from '../proxy/address.ts';
import { faultWith } from '../proxy/fault.ts';
import type { Deed } from './deeds.ts';
import { steadyPlan } from './plan.ts';
import type { Dependency, Subject } from './subject.ts';
import type { Trial, TrialAim, TrialName } from './trial.ts';

/** A trial that can be run, or why it cannot. */
export type PlannedTrial = Trial &
  (
    | {
        readonly deed: Deed;
        /** What must be touched so that it has shown something, and how many at least. */
        readonly unit: string;
        readonly touchedLeast: number;
      }
    | { readonly because: string }
  );

/** What was measured before, by which the trials are made to fit. */
export interface Calm {
  readonly ratePerSecond: number;
  /** Parallel to the dependencies: what a call takes; NaN: none was made. */
  readonly callMs: readonly number[];
  /** Parallel to the dependencies. */
  readonly speaksHttp: readonly boolean[];
  /** Parallel to the dependencies: how many were open at its end. */
  readonly connections: readonly number[];
}

export interface TrialSettings {
  readonly calm: Calm;
  /** What a burst goes to, in tasks per second. */
  readonly burstPerSecond: number;
  /** How long each trial does what it does. */
  readonly forMs: number;
  readonly seed: number;
  /** For an answer, from the intended start. */
  readonly deadlineMs: number;
}

/** A few pools that have lost all of their connections, and open them again and again. */
const stormClients = 200;
const stormEveryMs = 500;

/** So much slower is a dependency in trouble; and a tenfold of nothing is nothing. */
const slowFactor = 10;
const slowLeastMs = 100;

/** A share that hits often enough to show, and that retries can still win against. */
const failingShare = 0.5;
const resetShare = 0.3;

/** Fewer hits say little; a dozen is what 2 s at a few requests a second give. */
const requestsLeast = 10;

/** All trials, in the order from gentle to rough: what kills the target comes last. */
export function standardTrials(subject: Subject, settings: TrialSettings): readonly PlannedTrial[] {
  return [
    ...loadTrials(subject, settings),
    ...clientTrials(subject, settings),
    ...subject.dependencies.flatMap((it, index) => dependencyTrials(it, index, settings)),
    ...processTrials(subject, settings),
  ];
}

function loadTrials(subject: Subject, settings: TrialSettings): readonly PlannedTrial[] {
  const { burstPerSecond, calm, forMs } = settings;
  const more = burstPerSecond - calm.ratePerSecond;
  const factor = Number((burstPerSecond / calm.ratePerSecond).toPrecision(2));
  return [
    {
      ...trial('burst', 'load', subject.target, `${factor} times the load`),
      deed: {
        kind: 'load',
        load: { ...steadyPlan(subject, settings, 'burst', more), durationMs: forMs },
      },
      unit: 'requests',
      touchedLeast: requestsLeast,
    },
  ];
}

function clientTrials(subject: Subject, settings: TrialSettings): readonly PlannedTrial[] {
  const { target, front } = subject;
  const { forMs } = settings;
  const clients = badClients(subject, settings, {});
  // Only a connection that is closed can be closed slowly.
  const closing = badClients(subject, settings, { connection: 'close' });
  const storm: LoadPlan = {
    ...closing,
    source: 'storm',
    arrivals: {
      kind: 'closed',
      users: stormClients,
      tasks: Infinity,
      think: { kind: 'constant', valueMs: stormEveryMs },
    },
    maxConnections: stormClients,
  };
  const some = 'clients beside the others';
  return [
    {
      ...trial(
        'connection storm',
        'clients',
        target,
        `${stormClients} more at once, each with a new connection every ${stormEveryMs} ms`,
      ),
      deed: { kind: 'clients', clients: storm },
      unit: 'connections',
      touchedLeast: stormClients / 2,
    },
    {
      ...trial('resets', 'clients', target, `${some} reset their connections in each answer`),
      deed: {
        kind: 'fault',
        edge: front,
        clients,
        fault: faultWith({ kind: 'reset_peer', timeoutMs: 0, bytes: 1 }, { each: 'request' }),
      },
      unit: 'requests',
      touchedLeast: requestsLeast,
    },
    {
      ...trial('blackhole', 'clients', target, `${some} fall silent in the middle of each request`),
      deed: {
        kind: 'fault',
        edge: front,
        clients,
        fault: faultWith({ kind: 'half_open', bytes: 12 }, { direction: 'upstream' }),
      },
      unit: 'connections',
      touchedLeast: requestsLeast,
    },
    {
      ...trial(
        'slow close',
        'clients',
        target,
        `${some} close their connections ${forMs / 1000} s late`,
      ),
      deed: {
        kind: 'fault',
        edge: front,
        clients: closing,
        fault: faultWith({ kind: 'slow_close', delayMs: forMs }, { direction: 'upstream' }),
      },
      unit: 'connections',
      touchedLeast: requestsLeast,
    },
  ];
}

/** A quarter as many as the others, and enough to count. */
function badClients(
  subject: Subject,
  settings: TrialSettings,
  headers: Readonly<Record<string, string>>,
): LoadPlan {
  const { front } = subject;
  const { calm } = settings;
  const perSecond = Math.max(calm.ratePerSecond / 4, requestsLeast);
  const plan = steadyPlan(subject, settings, 'clients', perSecond);
  const { protocol, host, pathname } = new URL(plan.target);
  return {
    ...plan,
    target: `${protocol}//${formatAddress(front.listen)}${pathname}`,
    requests: plan.requests.map((it) => ({ ...it, headers: { host, ...it.headers, ...headers } })),
  };
}

/**
 * How much longer answers take in a brown-out.
 *
 * @param callMs what they take in the calm; NaN: nobody knows
 */
export function brownOutMs(callMs: number): number {
  const slowMs = Math.max(slowLeastMs, (slowFactor - 1) * (callMs || 0));
  return Number(slowMs.toPrecision(2));
}

function dependencyTrials(
  { name, edge }: Dependency,
  index: number,
  { calm, forMs }: TrialSettings,
): readonly PlannedTrial[] {
  const speaksHttp = calm.speaksHttp[index] === true;
  const slowMs = brownOutMs(calm.callMs[index]!);
  const unit = speaksHttp ? 'requests' : 'connections';
  const touchedLeast = speaksHttp ? requestsLeast : 1;
  const on = (
    name_: TrialName,
    what: string,
    deed: Omit<Extract<Deed, { kind: 'fault' }>, 'kind' | 'edge'>,
    counted = { unit, touchedLeast },
  ): PlannedTrial => ({
    ...trial(name_, 'dependency', name, what),
    deed: { kind: 'fault', edge, ...deed },
    ...counted,
  });
  const anyConnection = { unit: 'connections', touchedLeast: 1 };
  const latency = { kind: 'latency', time: { kind: 'constant', valueMs: slowMs } } as const;
  const oneOfSeveral = `answers of one of its replicas take ${slowMs} ms longer`;
  return [
    on('brown-out', `each answer takes ${slowMs} ms longer`, { fault: faultWith(latency) }),
    edge.callee.addresses.length > 1
      ? on('one slow replica', oneOfSeveral, { fault: faultWith(latency, { replicas: [0] }) })
      : {
          ...trial('one slow replica', 'dependency', name, oneOfSeveral),
          because: 'it has one replica, as far as is known',
        },
    speaksHttp
      ? on('failing share', `${failingShare * 100} % of the calls are answered with 503`, {
          fault: faultWith(
            { kind: 'http_status', status: 503, headers: {}, body: '' },
            { share: failingShare },
          ),
        })
      : {
          ...trial('failing share', 'dependency', name, 'calls are answered with an error'),
          because: 'it does not speak HTTP, so nothing can answer in its place; see resets',
        },
    on(
      'blackhole',
      'calls are taken, and never answered',
      { fault: faultWith({ kind: 'blackhole' }) },
      // A small pool is full of them at once, and makes no more.
      { unit, touchedLeast: 1 },
    ),
    speaksHttp
      ? on('resets', `${resetShare * 100} % of the requests are reset in the answer`, {
          fault: faultWith(resetInAnswer, { share: resetShare, each: 'request' }),
        })
      : // A share of one connection is mostly none, and all of them for good are no dependency.
        on('resets', 'each of its connections is reset in its next answer', {
          fault: faultWith(resetInAnswer, {
            first: Math.max(1, calm.connections[index]!),
            each: 'connection',
          }),
        }),
    on(
      'slow close',
      `it closes connections ${forMs / 1000} s late`,
      { fault: faultWith({ kind: 'slow_close', delayMs: forMs }) },
      anyConnection,
    ),
    on(
      'connection storm',
      'all connections to it are cut at once',
      {
        fault: faultWith({ kind: 'reset_peer', timeoutMs: 0, bytes: undefined }),
        forMs: cutMs,
      },
      anyConnection,
    ),
  ];
}

const resetInAnswer = { kind: 'reset_peer', timeoutMs: 0, bytes: 1 } as const;

/** Long enough to cut every connection that is open, and short enough to let new ones live. */
const cutMs = 20;

function processTrials(
  { target, processes, noProcess }: Subject,
  { forMs }: TrialSettings,
): readonly PlannedTrial[] {
  const pauseText = `its process stands still for ${forMs / 1000} s`;
  const startText = 'its process is killed and started anew';
  const trials = processes.flatMap((process): readonly PlannedTrial[] => {
    const { service } = process;
    const aim = service === target ? 'process' : 'dependency';
    const counted = { unit: 'processes', touchedLeast: 1 };
    return [
      { ...trial('pause', aim, service, pauseText), deed: { kind: 'pause', process }, ...counted },
      {
        ...trial('cold start', aim, service, startText),
        deed: { kind: 'restart', process },
        ...counted,
      },
    ];
  });
  const slow = trial('one slow replica', 'process', target, 'one of its replicas is slow');
  const one = { ...slow, because: noProcess || 'it has one replica' };
  if (noProcess === '') return [one, ...trials];
  return [
    one,
    { ...trial('pause', 'process', target, pauseText), because: noProcess },
    { ...trial('cold start', 'process', target, startText), because: noProcess },
    ...trials,
  ];
}

function trial(name: TrialName, aim: TrialAim, on: string, what: string): Trial {
  return { name, aim, on, what };
}
