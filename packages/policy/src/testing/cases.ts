import * as fc from 'fast-check';
import { Task } from '../call/call.ts';
import { Reason } from '../call/reason.ts';
import type { BalanceWord, CallPolicy } from '../options/call-policy.ts';
import type { Act } from './scripted-host.ts';

/** One call of a {@link Case}. Times are in units; see `optionsOf`. */
export interface CaseCall {
  /** After the call before it. */
  readonly pause: number;
  readonly acts: readonly Act[];
  /** Its caller leaves so long after its start. */
  readonly patience: number;
  readonly key: number | undefined;
  /** How much it matters, a level of its task. */
  readonly level?: number;
}

interface CaseBreaker {
  /** Opens after so many failures in a row; or when half of so many attempts failed. */
  readonly consecutive?: number;
  readonly of?: number;
  readonly open: number;
  readonly probes: number;
}

/** A policy and what happens to it, the same for whoever drives it. */
export interface Case {
  readonly deadline?: number;
  readonly timeout?: number;
  readonly retry?: { readonly attempts: number; readonly base: number; readonly bucket?: number };
  readonly hedge?: number;
  readonly breaker?: CaseBreaker;
  readonly limit?: {
    readonly slots: number;
    readonly queue: number;
    readonly maxWait?: number;
    readonly order?: 'fifo' | 'lifo' | 'codel';
    /** The limit adapts itself, from one slot to so many times its own. */
    readonly adapts?: number;
    /** Of CoDel: the wait that is acceptable. */
    readonly target?: number;
  };
  /** Sends so many times what is accepted. */
  readonly throttle?: number;
  readonly admission?: { readonly target: number; readonly interval: number };
  /** Among three endpoints, of which one is left out after so many failures in a row. */
  readonly endpoints?: {
    readonly by: BalanceWord;
    readonly consecutive?: number;
    readonly eject: number;
  };
  readonly cache?: { readonly negative: number };
  /** When it is shut down, from the start. */
  readonly shutdownAt?: number | undefined;
  /** What the links of the fallback do, for every call alike. */
  readonly links: readonly Act[];
  readonly calls: readonly CaseCall[];
}

/** What a call is given besides its work. */
export function givenFor({ key, level }: CaseCall): {
  readonly key?: number;
  readonly task?: Task;
} {
  const task = new Task();
  if (level !== undefined) task.level = level;
  return { ...(key !== undefined && { key }), ...(level !== undefined && { task }) };
}

/** The policy of a case, where a unit lasts so many milliseconds. */
export function optionsOf(of: Case, unitMs: number): CallPolicy {
  const time = (units: number) => `${units * unitMs}ms` as const;
  const { deadline, timeout, retry, hedge, breaker, limit, cache } = of;
  const { throttle, admission, endpoints } = of;
  return {
    ...(deadline !== undefined && { deadline: time(deadline) }),
    ...(timeout !== undefined && { timeout: time(timeout) }),
    ...(retry && {
      retry: {
        attempts: retry.attempts,
        backoff: { base: time(retry.base), cap: time(4 * retry.base), jitter: 'equal' },
        ...(retry.bucket !== undefined && { budget: { bucket: retry.bucket } }),
      },
    }),
    ...(hedge !== undefined && { hedge: time(hedge) }),
    ...(breaker && {
      breaker: {
        ...(breaker.consecutive !== undefined && { consecutive: breaker.consecutive }),
        ...(breaker.of !== undefined && { failures: '50%', of: breaker.of, within: '1h' }),
        open: time(breaker.open),
        // Each opening is as long as the first.
        openMax: time(breaker.open),
        probes: breaker.probes,
      },
    }),
    ...(limit && {
      limit: {
        concurrency:
          limit.adapts === undefined
            ? limit.slots
            : { initial: limit.slots, min: 1, max: limit.slots * limit.adapts },
        queue: {
          limit: limit.queue,
          ...(limit.maxWait !== undefined && { maxWait: time(limit.maxWait) }),
          ...(limit.order !== undefined && { order: limit.order }),
          ...(limit.order === 'codel' &&
            limit.target !== undefined && {
              target: time(limit.target),
              interval: time(2 * limit.target),
            }),
        },
      },
    }),
    ...(throttle !== undefined && {
      throttle: { k: throttle, within: time(300), from: `${100 / unitMs}/s`, on: ['error'] },
    }),
    ...(endpoints && {
      balance: { by: endpoints.by, decay: time(50), penalty: time(10) },
      ...(endpoints.consecutive !== undefined && {
        outliers: {
          consecutive: endpoints.consecutive,
          interval: time(endpoints.eject),
          eject: time(endpoints.eject),
        },
      }),
    }),
    // Without a limit there is no queue to look at.
    ...(admission &&
      limit && {
        admission: { target: time(admission.target), interval: time(admission.interval) },
      }),
    // Nothing of it ends within a case.
    ...(cache && {
      cache: { ttl: '1h', jitter: '0%', early: 0, negative: cache.negative ? '1h' : '0s' },
    }),
  };
}

// Many different times: what happens in the same instant has no order that all must agree on.
const units = fc.integer({ min: 20, max: 600 }).map((tenths) => tenths / 10);

const act: fc.Arbitrary<Act> = fc.record(
  {
    afterMs: fc.oneof(
      { weight: 6, arbitrary: units },
      { weight: 2, arbitrary: fc.constantFrom(-1, Infinity) },
    ),
    reason: fc.constantFrom(
      Reason.none,
      Reason.none,
      Reason.error,
      Reason.overloaded,
      Reason.reset,
      Reason.unreachable,
      Reason.timeout,
    ),
    lateMs: units,
    retryAfterMs: units,
  },
  { requiredKeys: ['afterMs', 'reason'] },
);

const acts = fc.array(act, { minLength: 1, maxLength: 3 });

/** Levels of the four classes of criticality, and of users in them. */
const level = fc.integer({ min: 0, max: 511 });

const call: fc.Arbitrary<CaseCall> = fc.record(
  {
    pause: units,
    acts,
    patience: fc.oneof({ weight: 1, arbitrary: units }, { weight: 2, arbitrary: fc.constant(150) }),
    key: fc.constantFrom(undefined, 1, 1),
    level,
  },
  { requiredKeys: ['pause', 'acts', 'patience', 'key'] },
);

/** What policies measure decides: by real timers, it measures a little more or less. */
const measuring = {
  throttle: fc.constantFrom(1.1, 2),
  admission: fc.record({ target: units, interval: units }),
  endpoints: fc.record(
    {
      by: fc.constantFrom<BalanceWord[]>(
        'peak-ewma',
        'round-robin',
        'random',
        'least-in-flight',
        'two-choices',
      ),
      consecutive: fc.integer({ min: 1, max: 3 }),
      eject: units,
    },
    { requiredKeys: ['by', 'eject'] },
  ),
};

/**
 * Any case of at most so many calls.
 *
 * @param measures also with policies that decide by what they measure
 */
export function cases(callsMax: number, measures: boolean): fc.Arbitrary<Case> {
  return fc.record(
    {
      ...(measures && measuring),
      // Longer than the rest, or hardly anything would come to its end.
      deadline: units.map((time) => time + 60),
      timeout: units,
      retry: fc.record(
        {
          attempts: fc.integer({ min: 1, max: 3 }),
          base: units,
          bucket: fc.integer({ min: 1, max: 3 }),
        },
        { requiredKeys: ['attempts', 'base'] },
      ),
      hedge: units,
      breaker: fc.record(
        {
          consecutive: fc.integer({ min: 1, max: 3 }),
          of: fc.integer({ min: 2, max: 4 }),
          open: units,
          probes: fc.integer({ min: 1, max: 2 }),
        },
        { requiredKeys: ['open', 'probes'] },
      ),
      limit: fc.record(
        {
          slots: fc.integer({ min: 1, max: 2 }),
          queue: fc.integer({ min: 0, max: 2 }),
          maxWait: units,
          order: measures
            ? fc.constantFrom('fifo', 'lifo', 'codel')
            : fc.constantFrom('fifo', 'lifo'),
          ...(measures && { target: units, adapts: fc.integer({ min: 1, max: 4 }) }),
        },
        { requiredKeys: ['slots', 'queue'] },
      ),
      cache: fc.record({ negative: fc.integer({ min: 0, max: 1 }) }),
      // Rarely, and late: what comes after it is soon told.
      shutdownAt: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: units.map((time) => time + 100) },
      ),
      links: fc.array(act, { maxLength: 2 }),
      calls: fc.array(call, { minLength: 1, maxLength: callsMax, size: 'max' }),
    },
    { requiredKeys: ['links', 'calls'] },
  );
}
