/**
 * Runs in the next turn of the event loop, after it has looked at the sockets: no timer of Node is
 * as short. The only file of the generator that knows how.
 */
export function nextTurn(run: () => void): void {
  setImmediate(run);
}
