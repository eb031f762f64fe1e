import type { JobConsumer, Landscape, Setting } from '../../../model/import/landscape.ts';
import { meanOfQuantiles, quantilesOf } from '../../../model/distribution.ts';
import { queueEdit } from '../../../model/edit/edits.ts';
import type { Step } from '../../../model/model.ts';
import { durationText, numberText, shareText } from '../../../model/quantity-text.ts';
import { finding, lacks, placeOf } from '../../decide.ts';
import { count, duration, flag, share } from '../../evidence.ts';
import type { Decision } from '../../finding.ts';
import type { Rule } from '../../rule.ts';
import { atShare } from '../../traffic/latency.ts';
import { modelOrigin, modelService } from '../../traffic/model-services.ts';

/** What one job in 1000 exceeds is what happens each hour. */
const tailShare = 0.999;
/** A job that takes longer than ever before still ends before its lock does. */
const margin = 2;

export const pq16: Rule = {
  id: 'PQ16',
  name: 'a job that runs twice',
  severity: 'high',
  formula:
    'a lock that nobody renews, or the visibility of a queue, < 2 x p99.9 of a job; cpu time of a job ' +
    'at p99.9 > lock - time until it is renewed; jobs at once x share of a job that holds a ' +
    'connection > pool',
  why:
    'a job whose lock has ended is taken for lost and given to another worker while the first one ' +
    'still works on it: mails are sent and cards are charged twice, when all is slow already',
  sources: [
    'https://docs.bullmq.io/guide/workers/stalled-jobs',
    'https://docs.bullmq.io/guide/workers/concurrency',
  ],
  remedy:
    'Give jobs a lock of twice their slowest time, let it be renewed, move long computations into a ' +
    'process of their own, take no more jobs at once than connections, and make jobs idempotent.',
  needs: [
    'the queues of a seaworthy.yaml, or the workers that source code makes',
    'how long a job takes, from traces or a seaworthy.yaml',
  ],
  *decide(landscape) {
    yield* ofModels(landscape);
    for (const consumer of landscape.consumers) yield* ofLock(landscape, consumer);
    for (const owner of new Set(landscape.consumers.map((it) => it.owner))) {
      yield* ofPools(landscape, owner);
    }
  },
};

/** A queue of a seaworthy.yaml: nothing renews a delivery. */
function* ofModels(landscape: Landscape): Generator<Decision> {
  for (const file of landscape.models) {
    for (const { name, visibilityMs, edge } of file.model.queues) {
      const worker = file.model.services[file.model.edges[edge]!.to]!.name;
      const slowest = slowestStep(landscape, worker, ({ kind }) => kind !== 'call');
      if (slowest === undefined || visibilityMs >= margin * slowest.value) continue;
      const visibility = {
        value: visibilityMs,
        origin: modelOrigin(file, ['queues', name, 'visibility']),
      };
      const wanted = durationText(margin * slowest.value);
      yield finding(name, {
        what:
          `a message is delivered again after ${durationText(visibilityMs)}, and one in 1000 is in ` +
          `work for ${durationText(slowest.value)} or longer`,
        numbers: [
          duration(`visibility of ${name}`, visibility),
          duration(`p99.9 of ${worker}`, slowest),
        ],
        passes: `a visibility of ${wanted}`,
        proposed: [queueEdit(name, 'visibility', wanted.replace(' ', ''))],
        at: placeOf(visibility.origin, file.position(['queues', name])),
      });
    }
  }
}

function* ofLock(landscape: Landscape, consumer: JobConsumer): Generator<Decision> {
  const { owner, who, lockMs: lock, renewedAfterMs: renewed, isApart, at } = consumer;
  if (lock === undefined || renewed === undefined) {
    yield lacks(subjectOf(consumer), `how long the lock of a job is: its code tells it to ${who}`);
    return;
  }
  const isRenewed = renewed.value < lock.value;
  if (isRenewed && isApart === true) return;
  const time = isRenewed
    ? slowestStep(landscape, owner, ({ kind }) => kind === 'cpu')
    : wholeJob(landscape, owner);
  const most = isRenewed ? lock.value - renewed.value : lock.value / margin;
  if (time === undefined) {
    if (!isRenewed) yield lacks(subjectOf(consumer), 'how long a job takes: traces');
    return;
  }
  if (time.value <= most) return;
  if (isRenewed && isApart === undefined) {
    yield lacks(subjectOf(consumer), 'whether its jobs run beside the event loop');
    return;
  }
  const takes = durationText(time.value);
  const wanted = Math.max(margin * time.value, isRenewed ? time.value + renewed.value : 0);
  const lockText = durationText(Math.ceil(wanted / 1000) * 1000);
  yield finding(subjectOf(consumer), {
    what: isRenewed
      ? `one job in 1000 computes for ${takes}, and its lock, which nobody can renew meanwhile, ` +
        `has as little as ${durationText(most)} left`
      : `one job in 1000 takes ${takes}, and its lock ends after ${durationText(lock.value)}, for ` +
        'it is never renewed',
    numbers: [
      duration(`lock of a job of ${who}`, lock),
      renewed.value === Infinity
        ? flag('the lock is never renewed', { ...renewed, value: true })
        : duration('age at which the lock is renewed', renewed),
      duration(`${isRenewed ? 'cpu time' : 'p99.9'} of a job of ${owner}`, time),
    ],
    passes: isRenewed
      ? `a lock of ${lockText}, or jobs in a process of their own`
      : `a lock of ${lockText}, or one that is renewed`,
    at: placeOf(renewed.origin, lock.origin, at),
  });
}

/** Jobs at once against the connections that they hold. */
function* ofPools(landscape: Landscape, owner: string): Generator<Decision> {
  const consumers = landscape.consumers.filter((it) => it.owner === owner);
  const known = consumers.flatMap(({ concurrency }) => concurrency ?? []);
  const jobs = known.reduce((sum, { value }) => sum + value, 0);
  for (const { to, who, size, at } of landscape.pools.filter((it) => it.owner === owner)) {
    if (jobs <= size.value) continue;
    const held = heldShare(landscape, owner, to);
    if (held === undefined) {
      yield lacks(owner, `how much of a job holds a connection of ${who}: traces`);
      continue;
    }
    if (jobs * held.value <= size.value) continue;
    yield finding(owner, {
      what:
        `${numberText(jobs)} jobs at once hold ${numberText(jobs * held.value)} connections of ${who} ` +
        `on average, and there are ${size.value}`,
      numbers: [
        ...known.map((setting) => count(`jobs at once of ${owner}`, setting)),
        count(`pool of ${who}`, size),
        share('part of a job that holds a connection', held),
      ],
      passes:
        `${Math.floor(size.value / held.value)} jobs at once, or a pool of ` +
        `${Math.ceil(jobs * held.value)}; a job holds one for ${shareText(held.value)} of its time`,
      at: placeOf(...known.map(({ origin }) => origin), size.origin, at),
    });
  }
}

function subjectOf({ owner, queue }: JobConsumer): string {
  return queue === undefined ? owner : `${queue} -> ${owner}`;
}

/** The p99.9 of the slowest of some steps: a job takes at least so long. */
function slowestStep(
  landscape: Landscape,
  name: string,
  counts: (step: Step) => boolean,
): Setting<number> | undefined {
  const modelled = modelService(landscape, name);
  const steps = modelled?.service.steps.filter(counts) ?? [];
  const tails = steps.flatMap((step) => {
    if (step.kind !== 'cpu' && step.kind !== 'wait') return [];
    const points = quantilesOf(step.kind === 'cpu' ? step.demand : step.time);
    return (points && atShare(points, tailShare)) ?? [];
  });
  if (tails.length === 0) return undefined;
  return {
    value: Math.max(...tails),
    origin: modelled!.file.position(['services', name, 'steps']),
  };
}

/** The p99.9 of a job from its start to its end. */
function wholeJob(landscape: Landscape, name: string): Setting<number> | undefined {
  const latency = landscape.measured.find(({ service }) => service === name)?.latency;
  const tail = latency && atShare(latency.value, tailShare);
  if (latency !== undefined && tail !== undefined) return { ...latency, value: tail };
  return slowestStep(landscape, name, () => true);
}

/** The part of a job during which it holds a connection; more than 1 where it holds several. */
function heldShare(
  { edges, measured }: Landscape,
  owner: string,
  to: string | undefined,
): Setting<number> | undefined {
  const calls = edges.find((edge) => edge.from === owner && edge.to === to)?.measured;
  const latency = measured.find(({ service }) => service === owner)?.latency;
  const jobMs = latency && meanOfQuantiles(latency.value);
  if (calls === undefined || jobMs === undefined || jobMs === 0) return undefined;
  const heldMs = calls.perRequest.value * meanOfQuantiles(calls.latency.value);
  return { ...calls.latency, value: heldMs / jobMs };
}
