import { z } from 'zod';
import { headings, key, map, valueNotes, wrong } from './notes.ts';
import { duration, positiveShare } from './quantities.ts';
import { count, list } from './values.ts';
import { parseUnit, shareUnit } from '../unit.ts';
import type { Distribution } from '../model.ts';

/** More points or parts than a measured distribution needs. */
const mostPoints = 1000;

const constant = map('a distribution', {
  constant: key(duration(), 'always this time'),
}).transform((it): Distribution => ({ kind: 'constant', valueMs: it.constant }));

const exponential = map('a distribution', {
  exponential: key(duration(), 'the mean of an exponential distribution'),
}).transform((it): Distribution => ({ kind: 'exponential', meanMs: it.exponential }));

const erlang = map('a distribution', {
  erlang: key(duration(), 'the mean of an Erlang distribution: the sum of `stages` exponentials'),
  stages: key(count(1, 1000, 4), 'how many exponentials it is the sum of'),
}).transform((it): Distribution => ({ kind: 'erlang', meanMs: it.erlang, stages: it.stages }));

const logNormal = map('a distribution', {
  p50: key(duration(), 'the median of a log-normal distribution'),
  p99: key(duration(), 'its 99th percentile; not below `p50`, which must be above 0'),
})
  .refine((it) => it.p50 > 0 && it.p99 >= it.p50, {
    error: wrong('p99 is below p50, or p50 is 0', 'such as { p50: 40ms, p99: 400ms }'),
  })
  .transform((it): Distribution => ({ kind: 'log-normal', p50Ms: it.p50, p99Ms: it.p99 }));

const normal = map('a distribution', {
  normal: key(duration(), 'the mean of a normal distribution; its absolute value is taken'),
  deviation: key(duration(), 'its standard deviation'),
}).transform((it): Distribution => ({
  kind: 'normal',
  meanMs: it.normal,
  deviationMs: it.deviation,
}));

const uniform = map('a distribution', {
  uniform: key(
    z.tuple([duration(), duration()], {
      error: wrong('not a range', 'write two durations: [10ms, 20ms]'),
    }),
    'the ends of a uniform distribution',
  ),
})
  .refine((it) => it.uniform[0] <= it.uniform[1], {
    error: wrong('the range ends before it begins', 'write the smaller one first'),
  })
  .transform((it): Distribution => ({
    kind: 'uniform',
    fromMs: it.uniform[0],
    toMs: it.uniform[1],
  }));

const percent = z
  .string()
  .regex(/^\d+(?:\.\d+)?%$/, { error: wrong('not a share', 'write a share such as 50%') })
  .register(valueNotes, { what: 'a share', example: '50%' });

const quantiles = map('a distribution', {
  quantiles: key(
    z
      .record(percent, duration(), {
        error: wrong('not a quantile table', 'such as { 0%: 1ms, 50%: 10ms, 100%: 1s }'),
      })
      .register(valueNotes, { what: 'a table', example: '{ 0%: 1ms, 50%: 10ms, 100%: 1s }' }),
    'a measured distribution: shares and the time they stay below; linear between them',
  ),
}).transform((it, context): Distribution => {
  const points = Object.entries(it.quantiles).map(([text, valueMs]) => ({
    share: parseUnit(shareUnit, text) ?? 0,
    valueMs,
  }));
  const complaint = quantileComplaint(points);
  if (complaint === undefined) return { kind: 'quantiles', points };
  context.addIssue({ code: 'custom', path: ['quantiles'], message: complaint });
  return z.NEVER;
});

function quantileComplaint(
  points: readonly { share: number; valueMs: number }[],
): string | undefined {
  if (points.length > mostPoints) {
    return wrong('too many points', `at most ${mostPoints}`);
  }
  if (points.length < 2 || points[0]!.share !== 0 || points.at(-1)!.share !== 1) {
    return wrong('the table has no beginning or no end', 'the first share is 0%, the last 100%');
  }
  const ascends = points.every((point, index) => {
    const before = points[index - 1];
    return before === undefined || (point.share > before.share && point.valueMs >= before.valueMs);
  });
  return ascends
    ? undefined
    : wrong('the table does not ascend', 'shares and times must rise from point to point');
}

const mixture = map('a distribution', {
  mixture: key(
    list(
      'parts',
      map('a part of a mixture', {
        share: key(positiveShare(), 'how often this part is drawn'),
        of: key(
          z.lazy(() => distribution),
          'what is drawn then',
        ),
      }),
      mostPoints,
    ),
    'one of several distributions; the shares add up to 100%',
  ),
})
  .refine((it) => Math.abs(sum(it.mixture.map((part) => part.share)) - 1) < 1e-9, {
    path: ['mixture'],
    error: wrong('the shares do not add up to 100%', 'change one of them'),
  })
  .transform((it): Distribution => ({ kind: 'mixture', parts: it.mixture }));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** How a time varies. A single duration is that time, always. */
export const distribution: z.ZodType<Distribution> = z
  .union(
    [
      duration().transform((valueMs): Distribution => ({ kind: 'constant', valueMs })),
      constant,
      exponential,
      erlang,
      logNormal,
      normal,
      uniform,
      quantiles,
      mixture,
    ],
    {
      error: (issue) =>
        typeof issue.input === 'number'
          ? wrong('a duration needs a unit', `write ${issue.input}ms`)
          : wrong('not a distribution', 'such as 40ms, or { p50: 40ms, p99: 400ms }'),
    },
  )
  .meta({ id: 'Distribution' })
  .register(headings, { heading: 'Distributions' });

/** Whether it can be more than zero: what repeats after a time of zero would stop the clock. */
export function canTakeTime(of: Distribution): boolean {
  switch (of.kind) {
    case 'constant':
      return of.valueMs > 0;
    case 'exponential':
    case 'erlang':
      return of.meanMs > 0;
    case 'log-normal':
      return of.p99Ms > 0;
    case 'normal':
      return of.meanMs > 0 || of.deviationMs > 0;
    case 'uniform':
      return of.toMs > 0;
    case 'quantiles':
      return of.points.some((point) => point.valueMs > 0);
    case 'mixture':
      return of.parts.some((part) => canTakeTime(part.of));
  }
}
