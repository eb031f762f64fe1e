/**
 * A timer that fires this much late was held up. By themselves timers are late by a millisecond or
 * two, their resolution; an event loop that is as late as this is blocked.
 */
const blockedMs = 10;
/**
 * A blocked loop explains a timeout when nothing at all happened in at least this share of the
 * time that the attempt had. Less, and the dependency had its chance: in a process that lags all
 * the time, but goes on in between, a dependency that hangs must still be seen.
 */
const silentShare = 0.5;

/**
 * Whether the lag of this process explains that an attempt found no answer in time: the timer was
 * late, and the process did nothing for half of the attempt or more before. The lateness alone says
 * too little: a pause of 1010 ms fails attempts of 1 s and is late by 10 ms.
 *
 * @param lateMs How late the timer fired.
 * @param silentMs The part of the attempt's time at whose end nothing happened here.
 * @param allowedMs The time that the attempt had.
 */
export function isExplainedByLag(lateMs: number, silentMs: number, allowedMs: number): boolean {
  return lateMs >= blockedMs && silentMs >= silentShare * allowedMs;
}
