import type { Call } from '../call/call.ts';
import { Retries } from '../call/retries.ts';
import type { RetrySettings } from '../call/settings.ts';
import { backoffDelayMs } from './backoff.ts';

/** Retries that know the jitter `smooth`, too. */
export class SmoothRetries extends Retries {
  protected override backoffMs(call: Call, { backoff }: RetrySettings): number {
    const { attempt, previousDelayMs, waitedMs } = call;
    const { random, analysis } = this;
    return backoffDelayMs(backoff, attempt, previousDelayMs, random, waitedMs, analysis);
  }
}
