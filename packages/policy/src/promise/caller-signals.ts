/** What is told when a signal aborts. A record in a list of those with the same signal. */
export interface Leaver {
  callerSignal: AbortSignal | undefined;
  callerPrevious: Leaver | undefined;
  callerNext: Leaver | undefined;
  callerLeft(): void;
}

/** All that wait for one signal: a listener on it while there are any. */
interface Watch {
  first: Leaver;
  readonly onAbort: () => void;
}

/**
 * Of all policies together: a signal that many calls share, such as that of a process which is to
 * end, has one listener. With one for each call Node warns of a leak from the eleventh on.
 */
const watches: WeakMap<AbortSignal, Watch> = new WeakMap();

/** `leaver` is told when `signal` aborts, which it has not yet. */
export function watchCaller(leaver: Leaver, signal: AbortSignal): void {
  leaver.callerSignal = signal;
  const watch = watches.get(signal);
  if (watch === undefined) {
    const onAbort = (): void => tellAll(signal);
    watches.set(signal, { first: leaver, onAbort });
    signal.addEventListener('abort', onAbort);
    return;
  }
  const { first } = watch;
  leaver.callerNext = first;
  first.callerPrevious = leaver;
  watch.first = leaver;
}

/** It is not told any more. Does nothing where it has no signal. */
export function forgetCaller(leaver: Leaver): void {
  const { callerSignal, callerPrevious, callerNext } = leaver;
  if (callerSignal === undefined) return;
  leaver.callerSignal = undefined;
  leaver.callerPrevious = undefined;
  leaver.callerNext = undefined;
  if (callerNext !== undefined) callerNext.callerPrevious = callerPrevious;
  if (callerPrevious !== undefined) callerPrevious.callerNext = callerNext;
  else {
    const watch = watches.get(callerSignal)!;
    if (callerNext !== undefined) watch.first = callerNext;
    else {
      watches.delete(callerSignal);
      callerSignal.removeEventListener('abort', watch.onAbort);
    }
  }
}

/** In the order in which they came. Each that is told goes, and so may others. */
function tellAll(signal: AbortSignal): void {
  const leavers: Leaver[] = [];
  let leaver: Leaver | undefined = watches.get(signal)?.first;
  for (; leaver !== undefined; leaver = leaver.callerNext) leavers.push(leaver);
  for (const each of leavers.toReversed()) if (each.callerSignal === signal) each.callerLeft();
}
