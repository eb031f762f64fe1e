import { Reason, reasonNames } from '../call/reason.ts';
import type { AttemptContext } from '../promise/attempt-context.ts';
import type { FallbackContext } from '../promise/fallbacks.ts';
import type { Outcome } from '../promise/judge.ts';
import { PolicyError } from '../promise/policy-error.ts';
import { policy } from '../promise/policy.ts';
import type { RetryReason } from '../options/call-policy.ts';
import { givenFor, optionsOf } from './cases.ts';
import type { Case } from './cases.ts';
import type { Timer } from '../time/clock.ts';
import type { TestTime } from './promises.ts';
import { actAt } from './script.ts';
import type { Act } from './script.ts';

/** What an act fails with. */
class Failed extends Error {
  readonly reason: RetryReason;
  /** When it is to be asked again. */
  readonly retryAfterMs: number | undefined;

  constructor({ reason, retryAfterMs }: Act, unitMs: number) {
    super(reasonNames[reason]);
    this.reason = reasonNames[reason] as RetryReason;
    this.retryAfterMs = retryAfterMs === undefined ? undefined : retryAfterMs * unitMs;
  }
}

const gone = new Error('the caller has left');

function wordOf(error: unknown): string {
  if (error === gone) return 'cancelled';
  return error instanceof PolicyError || error instanceof Failed ? error.reason : String(error);
}

/** Drives the façade through a case to its end; a unit lasts so many milliseconds. */
export async function byPromises(
  of: Case,
  time: TestTime,
  endUnits: number,
  unitMs: number,
): Promise<string[]> {
  const lines: string[] = [];
  const { clock } = time;
  const startMs = clock.now();
  const timers: Timer[] = [];
  const after = (delayMs: number, run: () => void): void => {
    timers.push(clock.after(delayMs, run));
  };
  const note = (what: string): void => {
    lines.push(`${(clock.now() - startMs) / unitMs} ${what}`);
  };
  const perform = (act: Act, signal: AbortSignal, whose: string, answer: string): unknown => {
    const end = (): string => {
      if (act.reason === Reason.none) return answer;
      throw new Failed(act, unitMs);
    };
    if (act.afterMs < 0) return end();
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        note(whose === '' ? 'cancel fallback' : `${whose} cancel ${wordOf(signal.reason)}`);
        if (act.lateMs === undefined) reject(signal.reason as Error);
        else after(act.lateMs * unitMs, () => resolve('late'));
      });
      if (act.afterMs === Infinity) return;
      after(act.afterMs * unitMs, () => {
        // What was given up ends as it says, not when it would have.
        if (signal.aborted) return;
        try {
          resolve(end());
        } catch (error) {
          reject(error);
        }
      });
    });
  };
  const fallback = of.links.map((link, index) => ({ signal }: FallbackContext) => {
    note(`fallback ${index}`);
    return perform(link, signal, '', 'fallback');
  });
  const judge = (outcome: Outcome) => {
    if (!('error' in outcome) || !(outcome.error instanceof Failed)) return undefined;
    const { reason, retryAfterMs } = outcome.error;
    return { reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  };
  const endpoints = of.endpoints && { endpoints: ['0', '1', '2'] };
  const call = policy({ ...optionsOf(of, unitMs), ...endpoints, fallback, judge }, time);
  let at = 0;
  for (const [index, one] of of.calls.entries()) {
    const { pause, acts, patience } = one;
    at += pause;
    const caller = new AbortController();
    const whose = `call ${index}`;
    let begun = 0;
    const work = ({ attempt, endpoint, signal }: AttemptContext) => {
      note(`${whose} attempt ${attempt}${endpoint === undefined ? '' : ` at ${endpoint}`}`);
      return perform(actAt(acts, begun++), signal, whose, 'succeeded');
    };
    after(at * unitMs, () => {
      const given = { signal: caller.signal, ...givenFor(one) };
      call(work, given).then(
        (how) => note(`${whose} ${String(how)}`),
        (error: unknown) => note(`${whose} failed ${wordOf(error)}`),
      );
    });
    after((at + patience) * unitMs, () => caller.abort(gone));
  }
  if (of.shutdownAt !== undefined) after(of.shutdownAt * unitMs, () => call.shutdown());
  await time.advance(endUnits * unitMs);
  for (const timer of timers) clock.cancel(timer);
  call.shutdown();
  return [...lines];
}
