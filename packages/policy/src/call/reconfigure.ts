import { reconfigureBudget } from '../budget/reconfigure.ts';
import { CallEngine } from './engine.ts';
import type { EngineParts, Kept } from './engine-parts.ts';
import { reconfigureGate } from './reconfigure-gate.ts';
import { isSame } from './same-settings.ts';
import type { PolicySettings } from './settings.ts';

/** Parts that calls in flight lean on as they are: with others, other calls need another engine. */
const fixed = ['cache', 'admission', 'throttle', 'hedge', 'endpoints', 'fallbacks'] as const;

/**
 * Goes on by other settings, for all that is decided from here on. Attempts that run end by the
 * timeout and the deadline that they began with.
 *
 * @returns The engine for calls that start from here on. Another than `engine` where calls in
 * flight have parts that are no more, or others than before: these go on in `engine` until they
 * settle. Both share slots and queue, breaker, budget and cache, and what else is the same as
 * before.
 */
export function reconfigure(
  engine: CallEngine,
  now: PolicySettings,
  next: PolicySettings,
  parts: EngineParts,
): CallEngine {
  const { attempts, ledger, time } = engine;
  const nowMs = time.read();
  const budget = next.retry?.budget ?? next.hedge?.budget;
  if (next.retry !== undefined) attempts.retries?.reconfigure(next.retry);
  if (budget !== undefined && ledger !== undefined) reconfigureBudget(ledger, budget, nowMs);
  if (next.cache !== undefined) engine.cached?.reconfigure(next.cache);
  const hadBreaker = attempts.gate.breaker !== undefined;
  reconfigureGate(attempts.gate, now, next, parts, nowMs);
  const isSameGate = hadBreaker === (next.breaker !== undefined);
  if (isSameGate && hasSameParts(now, next)) {
    engine.ownDeadlineMs = next.deadlineMs ?? Infinity;
    engine.fallbackReserveMs = next.fallbackReserveMs ?? 0;
    engine.taskAttempts = next.taskAttempts;
    attempts.timeoutMs = next.timeoutMs ?? Infinity;
    attempts.queue.handOver();
    return engine;
  }
  const after = new CallEngine(next, {
    ...parts,
    ...shared(engine, next),
    kept: kept(engine, now, next),
  });
  after.outcome.isShutDown = engine.outcome.isShutDown;
  after.attempts.queue.handOver();
  return after;
}

/** Whether calls in flight and those to come can be in one engine. */
function hasSameParts(now: PolicySettings, next: PolicySettings): boolean {
  if ((now.retry === undefined) !== (next.retry === undefined)) return false;
  const hadBudget = now.retry?.budget !== undefined;
  if (hadBudget !== (next.retry?.budget !== undefined)) return false;
  // Hedges count as attempts.
  if (now.hedge !== undefined && now.retry?.attempts !== next.retry?.attempts) return false;
  return fixed.every((name) => isSame(now[name], next[name]));
}

/** What has been reconfigured itself. */
function shared(
  { ledger, cached }: CallEngine,
  next: PolicySettings,
): Pick<EngineParts, 'budget' | 'cache'> {
  return {
    ...(ledger !== undefined && next.retry?.budget !== undefined && { budget: ledger }),
    ...(cached !== undefined && next.cache !== undefined && { cache: cached }),
  };
}

/** Besides the way in, what has the same settings as before. */
function kept(
  { attempts, admission, ledger, outcome, time }: CallEngine,
  now: PolicySettings,
  next: PolicySettings,
): Kept {
  const isKept = (name: (typeof fixed)[number]): boolean => isSame(now[name], next[name]);
  return {
    time,
    gate: attempts.gate,
    ledger: next.hedge?.budget === undefined ? undefined : ledger,
    admission: isKept('admission') ? admission : undefined,
    throttle: isKept('throttle') ? attempts.throttle : undefined,
    endpoints: isKept('endpoints') ? attempts.endpoints : undefined,
    hedgeDelay: isSame(now.hedge?.delay, next.hedge?.delay) ? attempts.hedges?.delay : undefined,
    normalPath: isKept('fallbacks') ? outcome.normalPath : undefined,
  };
}
