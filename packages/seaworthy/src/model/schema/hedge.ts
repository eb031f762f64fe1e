import { z } from 'zod';
import { durationUnit, parseUnit } from '../unit.ts';
import { key, map, shortFor, valueNotes, wrong } from './notes.ts';
import { positiveDuration, rate, share } from './quantities.ts';
import { count } from './values.ts';

/** More copies of one call than this are an attack. */
const mostHedges = 10;

const delayRange = 'p50 to p99.9, or a duration of 0 or more';
const notDelay = { error: wrong('not a delay', 'write p95, or a duration such as 50ms') };
const outOfRange = wrong('a delay out of range', `it must be ${delayRange}`);

type Delay = number | { readonly quantile: number };

const delay = z
  .string(notDelay)
  .regex(/^(p\d+(\.\d+)?|\d+(\.\d+)?(ns|us|ms|s|m|h|d))$/, { abort: true, ...notDelay })
  .transform((text, context): Delay => {
    const fixedMs = parseUnit(durationUnit, text);
    if (fixedMs !== undefined) return fixedMs;
    // The exponent shifts the decimal point exactly: p99.9 is 0.999.
    const quantile = Number(`${text.slice(1)}e-2`);
    if (quantile >= 0.5 && quantile <= 0.999) return { quantile };
    context.addIssue({ code: 'custom', message: outOfRange });
    return z.NEVER;
  })
  .register(valueNotes, { what: 'a quantile or a duration', range: delayRange, example: 'p95' });

const hedgeBudget = map('a budget of hedges', {
  share: key(share().prefault('10%'), 'hedges for each call'),
  floor: key(rate().prefault('0/s'), 'hedges that are allowed whatever the traffic'),
  within: key(positiveDuration().prefault('10s'), 'the window over which both are counted'),
});

/** Hedges are always bounded. */
export const hedgeBudgetDefaults = hedgeBudget.parse({});

const hedgeMap = map('a hedge', {
  delay: key(
    delay.prefault('p95'),
    'how long the first attempt runs alone; p95: longer than 95 % of those of the last 30 s',
  ),
  most: key(count(1, mostHedges, 1).prefault(1), 'hedges of one call, each beside one attempt'),
  budget: key(
    hedgeBudget.optional(),
    'how many hedges there may be, where retries have no budget to charge them to',
    'the budget of retry; without one, 10% of the calls',
  ),
});

const hedgeDefaults = hedgeMap.parse({});

/** A second attempt beside one that takes long. */
export const hedge = z
  .union([delay.transform((given) => ({ ...hedgeDefaults, delay: given })), hedgeMap], {
    error: wrong('not a hedge', 'write p95, or 50ms, or { delay: p95 }'),
  })
  .register(shortFor, { key: 'delay' });

interface WithHedge {
  readonly hedge?: z.output<typeof hedge> | undefined;
  readonly timeout?: number | undefined;
  readonly deadline?: number | undefined;
  readonly retry?: { readonly attempts: number; readonly budget?: unknown } | undefined;
}

/** A hedge that could never start, or that could not tell what pays for it. */
export function checkHedge(entry: WithHedge, context: z.core.ParsePayload): void {
  const { hedge: of, retry, timeout = Infinity, deadline = Infinity } = entry;
  if (of === undefined) return;
  const report = (path: readonly string[], message: string): void =>
    void context.issues.push({ code: 'custom', input: entry, path: [...path], message });
  if (typeof of.delay === 'number' && of.delay >= Math.min(timeout, deadline)) {
    const end = timeout <= deadline ? 'timeout' : 'deadline';
    const what = `the attempt has ended at its ${end} when its hedge would start`;
    report(['hedge'], wrong(what, `write less than the ${end}, or p95`));
  }
  if (retry?.attempts === 1) {
    report(
      ['hedge'],
      wrong('retry.attempts leaves no try for a hedge', 'write 2 attempts or more'),
    );
  }
  if (retry?.budget !== undefined && of.budget !== undefined) {
    const right = 'leave hedge.budget out: all extra work is charged to retry.budget';
    report(['hedge', 'budget'], wrong('two budgets for the extra work of one call', right));
  }
}
