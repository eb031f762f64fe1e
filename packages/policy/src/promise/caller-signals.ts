/** What is told when a signal aborts. */
export interface Leaver {
  callerSignal: AbortSignal | undefined;
  callerLeft(): void;
}

/**
 * All that wait for a signal, of all policies together: a signal that many calls share, such as
 * that of a process which is to end, has one listener. With one for each call Node warns of a leak
 * from the eleventh on.
 */
const waiting: WeakMap<AbortSignal, Set<Leaver>> = new WeakMap();

/** `leaver` is told when `signal` aborts, which it has not yet. */
export function watchCaller(leaver: Leaver, signal: AbortSignal): void {
  leaver.callerSignal = signal;
  const leavers = waiting.get(signal);
  if (leavers !== undefined) {
    leavers.add(leaver);
    return;
  }
  waiting.set(signal, new Set([leaver]));
  signal.addEventListener('abort', tellAll);
}

/** It is not told any more. Does nothing where it has no signal. */
export function forgetCaller(leaver: Leaver): void {
  const { callerSignal } = leaver;
  if (callerSignal === undefined) return;
  leaver.callerSignal = undefined;
  const leavers = waiting.get(callerSignal)!;
  leavers.delete(leaver);
  if (leavers.size > 0) return;
  waiting.delete(callerSignal);
  callerSignal.removeEventListener('abort', tellAll);
}

/** In the order in which they came. Each that is told goes, and so may others. */
function tellAll({ target }: AbortEvent): void {
  for (const leaver of waiting.get(target)!) leaver.callerLeft();
}
