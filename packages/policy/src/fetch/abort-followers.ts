/** The bodies that are still read on behalf of one caller. */
interface Followers {
  readonly controllers: Set<AbortController>;
  readonly onAbort: () => void;
}

/** One listener a signal, however many bodies, while there are any. */
const followers: WeakMap<AbortSignal, Followers> = new WeakMap();

interface Followed {
  readonly signal: AbortSignal;
  readonly controller: AbortController;
}

const bodies: FinalizationRegistry<Followed> = new FinalizationRegistry(
  ({ signal, controller }) => {
    const following = followers.get(signal);
    following?.controllers.delete(controller);
    if (following?.controllers.size === 0) {
      followers.delete(signal);
      signal.removeEventListener('abort', following.onAbort);
    }
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
  const following = followers.get(signal) ?? follow(signal);
  following.controllers.add(controller);
  bodies.register(body, { signal, controller });
}

function follow(signal: AbortSignal): Followers {
  const controllers: Set<AbortController> = new Set();
  const onAbort = (): void => {
    for (const one of controllers) one.abort(signal.reason);
    controllers.clear();
  };
  const following: Followers = { controllers, onAbort };
  followers.set(signal, following);
  signal.addEventListener('abort', onAbort);
  return following;
}
