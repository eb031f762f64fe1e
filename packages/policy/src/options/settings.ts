import type { PolicySettings } from '../call/settings.ts';
import type { EndpointBalance } from '../call/settings.ts';
import { admission } from './admission.ts';
import { breaker } from './breaker.ts';
import { cache } from './cache.ts';
import { balance, outliers } from './endpoints.ts';
import { hedge } from './hedge.ts';
import { limit } from './limit.ts';
import { count, duration, OptionError, positiveDuration } from './reader.ts';
import type { Reader } from './reader.ts';
import { retry } from './retry.ts';
import { throttle } from './throttle.ts';
import type { CallPolicy } from './call-policy.ts';

/*
 * The same words, defaults and ranges as an entry under `calls` in the model file: a property test
 * holds the two equal.
 */

/** The names of all options of {@link CallPolicy}. */
export const callPolicyNames: readonly string[] = [
  'deadline',
  'fallbackReserve',
  'timeout',
  'taskAttempts',
  'cache',
  'admission',
  'retry',
  'throttle',
  'hedge',
  'balance',
  'outliers',
  'breaker',
  'limit',
] satisfies readonly (keyof CallPolicy)[];

/**
 * The settings of the engine for these options.
 *
 * @throws OptionError for one that cannot be used. Names that are no options are left to the
 * caller.
 */
export function settingsOf(
  options: CallPolicy,
  fallbacks: number,
  balanceOtherwise: EndpointBalance | undefined,
): PolicySettings {
  const given = options as Readonly<Record<string, unknown>>;
  const read = <T>(name: string, reader: Reader<T>): T | undefined =>
    given[name] === undefined ? undefined : reader(given[name], name);
  const deadlineMs = read('deadline', positiveDuration);
  const timeoutMs = read('timeout', positiveDuration);
  const fallbackReserveMs = read('fallbackReserve', duration) ?? 0;
  const retries = read('retry', retry);
  if (deadlineMs !== undefined && fallbackReserveMs >= deadlineMs) {
    throw new OptionError('fallbackReserve', given['fallbackReserve'], 'write less than deadline');
  }
  const outlierRules = read('outliers', outliers);
  const choice =
    read('balance', balance) ??
    (outlierRules && balance(balanceOtherwise ?? 'round-robin', 'balance')) ??
    (balanceOtherwise && balance(balanceOtherwise, 'balance'));
  const parts = {
    deadlineMs,
    fallbackReserveMs,
    timeoutMs,
    taskAttempts: read('taskAttempts', count(1, 1_000_000)),
    cache: read('cache', cache),
    admission: read('admission', admission),
    retry: retries,
    throttle: read('throttle', (value) => throttle(value, timeoutMs ?? 0)),
    hedge: read('hedge', (value) => hedge(value, retries)),
    endpoints: choice && { ...choice, ...(outlierRules && { outliers: outlierRules }) },
    breaker: read('breaker', breaker),
    limit: read('limit', limit),
    fallbacks,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}
