import type { Call } from '../call/call.ts';
import { Retries } from '../call/retries.ts';
import type { RetrySettings } from '../call/settings.ts';
import type { Random } from '../random/random.ts';
import { backoffDelayMs } from './backoff.ts';

/** Retries that know the jitter `smooth`, too. */
export class SmoothRetries extends Retries {
  protected override backoffMs(call: Call, { backoff }: RetrySettings, random: Random): number {
    const { attempt, previousDelayMs, waitedMs } = call;
    return backoffDelayMs(backoff, attempt, previousDelayMs, random, waitedMs);
  }
}
