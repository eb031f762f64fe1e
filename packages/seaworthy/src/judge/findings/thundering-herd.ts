import type { Edge } from '../../model/model.ts';
import type { SuggestedChange } from '../verdict.ts';
import { durationText, momentText, numberText } from '../words.ts';
import { callPath, changeOf, changesOf, fileDuration } from './change.ts';
import type { Occurrence } from './occurrence.ts';
import { edgeIn, harmedIn, serviceIn, spanOf, type Stretch } from './stretch.ts';
import type { RunView } from './view.ts';
import { type Wave, wavesOf } from './waves.ts';

/** Twice may be chance, or one event and its echo. */
const wavesNeeded = 3;

/** Waves that come together again keep their distance to this share of it. */
const regular = 0.15;

/** The callee does in a wave this many times as much as between the waves. */
const calleeFeels = 1.5;

/** What is filled over a third of its lifetime is spread well enough. */
const longestOfLife = 1 / 3;

/** Retries that go on for longer are a storm, not a wave. */
const longestMs = 5000;

/** A third of a wave that fails again is the next wave. */
const againShare = 1 / 3;

/**
 * Many keys that expire, or many calls that try again, in the same instant, and again a period
 * later: what once began together stays together where nothing spreads it.
 */
export function detectThunderingHerds(view: RunView): readonly Occurrence[] {
  return view.model.edges.flatMap((edge, index) => [
    ...expiringTogether(view, edge, index),
    ...retryingTogether(view, edge, index),
  ]);
}

function expiringTogether(view: RunView, edge: Edge, index: number): readonly Occurrence[] {
  const { cache } = edge.policy;
  if (cache === undefined) return [];
  const waves = wavesOf(view, index, 'recomputed', longestOfLife * cache.ttlMs).filter((wave) =>
    isFelt(view, edge, wave),
  );
  const herd = periodic(waves, cache.ttlMs);
  if (herd.length < wavesNeeded || !harms(view, herd)) return [];
  const largest = largestOf(herd);
  const spread = cache.jitter === 0 ? 'without jitter' : 'with little jitter';
  return [
    {
      ...common(view, edge, herd, 'expiry'),
      title: `thundering herd on ${edge.name}: ${numberText(largest.count)} answers expire at once, every ${durationText(cache.ttlMs)}`,
      numbers: [
        ...numbersOf(view, herd, 'recomputations'),
        `at most ${numberText(largest.peak)} of them within 100 ms`,
      ],
      sustainingEffect: `a lifetime of ${durationText(cache.ttlMs)} ${spread}: what was filled together expires together, and is filled together again`,
      changes: changesOf(...spreadExpiry(edge)),
    },
  ];
}

function spreadExpiry(edge: Edge): readonly (SuggestedChange | undefined)[] {
  const cache = edge.policy.cache!;
  const spreadMs = 2 * 0.2 * cache.ttlMs;
  const why = `spreads the ends over ${durationText(spreadMs)}, and further with each lifetime`;
  return [
    cache.jitter < 0.2 ? changeOf(callPath(edge, 'cache.jitter'), '20%', why) : undefined,
    changeOf(
      callPath(edge, 'cache.staleWhileRevalidate'),
      fileDuration(cache.ttlMs / 2),
      'answers with the old value while a key is refreshed, so that nobody waits for the herd',
    ),
  ];
}

function retryingTogether(view: RunView, edge: Edge, index: number): readonly Occurrence[] {
  const { retry } = edge.policy;
  if (retry === undefined || retry.attempts < 2) return [];
  const herd = wavesOf(view, index, 'retries', longestMs).filter(
    (wave) => isFelt(view, edge, wave) || failsTogether(view, index, wave),
  );
  if (herd.length < wavesNeeded || !harms(view, herd)) return [];
  const largest = largestOf(herd);
  const { backoff } = retry;
  const pause = durationText(backoff.baseMs);
  return [
    {
      ...common(view, edge, herd, 'retries'),
      title: `thundering herd on ${edge.name}: ${numberText(largest.peak)} retries within 100 ms`,
      numbers: numbersOf(view, herd, 'retries'),
      sustainingEffect:
        backoff.jitter === 'none'
          ? `calls that fail together wait ${pause} and its multiples without jitter, and come back together`
          : `calls that fail together come back together after ${pause}`,
      changes: changesOf(
        backoff.jitter === 'full'
          ? undefined
          : changeOf(
              callPath(edge, 'retry.backoff.jitter'),
              'full',
              'spreads the retries over the whole delay, from 0 to its end',
            ),
      ),
    },
  ];
}

/** What both kinds have. */
function common(view: RunView, edge: Edge, herd: readonly Wave[], what: string) {
  const span = spanOf(view, { from: herd[0]!.from, to: herd.at(-1)!.to });
  return {
    key: `thundering-herd ${what} ${edge.name}`,
    id: 'thundering-herd',
    severity: 'high' as const,
    effect: herd.reduce((sum, wave) => sum + wave.count, 0),
    ...span,
    edges: [edge.name],
    services: [view.model.services[edge.to]?.name ?? ''],
  };
}

function numbersOf(view: RunView, herd: readonly Wave[], what: string): readonly string[] {
  const largest = largestOf(herd);
  const moments = herd.slice(0, 3).map((wave) => momentText(view.steps[wave.from]!.fromMs));
  const more = herd.length > moments.length ? ', ...' : '';
  return [
    `${numberText(herd.length)} waves of ${what}: at ${moments.join(', ')}${more}`,
    `${numberText(largest.count)} ${what} in the largest, where ${numberText(largest.between)} ` +
      'are usual in that time',
  ];
}

function largestOf(herd: readonly Wave[]): Wave {
  return herd.reduce((best, wave) => (wave.count > best.count ? wave : best));
}

/** Users lose calls, or wait, between the first wave and the end of the last. */
function harms(view: RunView, herd: readonly Wave[]): boolean {
  return harmedIn(view, { from: herd[0]!.from, to: herd.at(-1)!.to });
}

/** A good part of a wave of retries fails again, and will come back. */
function failsTogether(view: RunView, edge: number, wave: Wave): boolean {
  return edgeIn(view, edge, wave).attemptsFailed >= againShare * wave.count;
}

/** Whether the callee has a queue in the wave, or refuses, or is clearly busier than before it. */
function isFelt(view: RunView, edge: Edge, wave: Wave): boolean {
  const during = serviceIn(view, edge.to, wave);
  if (during.refused > 0 || during.waitMeanMs > during.serviceMeanMs / 2) return true;
  if (wave.from === 0) return false;
  const before: Stretch = { from: Math.max(0, wave.from - 5), to: wave.from };
  return during.serviceMeanMs > calleeFeels * serviceIn(view, edge.to, before).serviceMeanMs;
}

/** The waves that follow one another by the period, as many as there are in a row. */
function periodic(waves: readonly Wave[], periodMs: number): readonly Wave[] {
  let best: readonly Wave[] = [];
  waves.forEach((first, index) => {
    const row = [first];
    for (const wave of waves.slice(index + 1)) {
      const gapMs = wave.atMs - row.at(-1)!.atMs;
      if (Math.abs(gapMs - periodMs) <= Math.max(regular * periodMs, 1000)) row.push(wave);
    }
    if (row.length > best.length) best = row;
  });
  return best;
}
