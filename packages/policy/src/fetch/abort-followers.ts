/** The bodies that are still read on behalf of a caller: one listener a signal, however many. */
const followers: WeakMap<AbortSignal, Set<AbortController>> = new WeakMap();

interface Followed {
  readonly signal: AbortSignal;
  readonly controller: AbortController;
}

const bodies: FinalizationRegistry<Followed> = new FinalizationRegistry(
  ({ signal, controller }) => {
    followers.get(signal)?.delete(controller);
  },
);

/**
 * A response has been given, and its body is still being read: the caller may abort that, too, as
 * with any `fetch`. It ends when nobody can read the body any more.
 */
export function followAbort(
  signal: AbortSignal,
  controller: AbortController,
  body: ReadableStream,
): void {
  if (signal.aborted) return controller.abort(signal.reason);
  let set = followers.get(signal);
  if (set === undefined) {
    const all: Set<AbortController> = new Set();
    set = all;
    followers.set(signal, all);
    signal.addEventListener('abort', () => {
      for (const one of all) one.abort(signal.reason);
      all.clear();
    });
  }
  set.add(controller);
  bodies.register(body, { signal, controller });
}
