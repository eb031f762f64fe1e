import type { LoadPlan } from '../load/plan.ts';
import { formatAddress } from '../proxy/address.ts';
import { faultWith } from '../proxy/fault.ts';
import { steadyPlan } from './plan.ts';
import { dependencyTrials, outOfReachTrials } from './dependency-trials.ts';
import { type PlannedTrial, requestsLeast, trial, type TrialSettings } from './planned.ts';
import type { Subject } from './subject.ts';

/** A few pools that have lost all of their connections, and open them again and again. */
const stormClients = 200;
const stormEveryMs = 500;

/** All trials, in the order from gentle to rough: what kills the target comes last. */
export function standardTrials(subject: Subject, settings: TrialSettings): readonly PlannedTrial[] {
  return [
    ...loadTrials(subject, settings),
    ...clientTrials(subject, settings),
    ...subject.dependencies.flatMap((it, index) => dependencyTrials(it, index, settings)),
    ...subject.outOfReach.flatMap(outOfReachTrials),
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
