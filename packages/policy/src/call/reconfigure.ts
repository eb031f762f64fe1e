import type { CallEngine } from './engine.ts';
import type { PolicySettings } from './settings.ts';

/** Parts that calls in flight lean on as they are: to change one takes another engine. */
const fixed = ['cache', 'admission', 'throttle', 'hedge', 'endpoints', 'fallbacks'] as const;

/**
 * What keeps an engine from going on by other settings: the name of the part, or undefined. Which
 * parts there are stays as it is.
 */
export function obstacle(now: PolicySettings, next: PolicySettings): string | undefined {
  for (const name of [...fixed, 'retry', 'breaker', 'limit'] as const) {
    const isThere = now[name] !== undefined;
    if (isThere !== (next[name] !== undefined)) return name;
  }
  for (const name of fixed) if (!isSame(now[name], next[name])) return name;
  const hadBudget = now.retry?.budget !== undefined;
  if (hadBudget !== (next.retry?.budget !== undefined)) return 'retry.budget';
  // Hedges count as attempts.
  if (now.hedge !== undefined && now.retry?.attempts !== next.retry?.attempts) return 'retry';
  if (!isSame(now.limit?.queue, next.limit?.queue)) return 'limit.queue';
  const [was, is] = [now.limit?.concurrency, next.limit?.concurrency];
  const isNumber = typeof was === 'number' && typeof is === 'number';
  return isNumber || isSame(was, is) ? undefined : 'limit';
}

/**
 * Goes on by other settings, for which there is no {@link obstacle}: breaker, budget, limit and
 * queue keep what they know. Attempts that run end by the timeout and the deadline they began with;
 * what is decided from here on is decided anew.
 */
export function reconfigure(engine: CallEngine, settings: PolicySettings): void {
  const { attempts, ledger, time } = engine;
  const nowMs = time.read();
  engine.ownDeadlineMs = settings.deadlineMs ?? Infinity;
  engine.fallbackReserveMs = settings.fallbackReserveMs ?? 0;
  engine.taskAttempts = settings.taskAttempts;
  attempts.timeoutMs = settings.timeoutMs ?? Infinity;
  if (settings.retry !== undefined) attempts.retries?.reconfigure(settings.retry);
  if (settings.retry?.budget !== undefined) ledger?.reconfigure(settings.retry.budget, nowMs);
  attempts.gate.reconfigure(settings);
  attempts.queue.handOver();
}

/** Settings are plain data, and sets of numbers. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, plain) === JSON.stringify(other, plain);
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].map(String).toSorted((a, b) => a.localeCompare(b));
  return value === Infinity ? 'Infinity' : value;
}
