import { ExitCode } from './exit-code.ts';

/**
 * Ctrl-C once asks to stop, so that what was simulated until then is kept; twice ends at once. Call
 * what comes back when there is nothing left to stop.
 */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const handle = (): void => {
    if (asked) process.exit(ExitCode.interrupted);
    asked = true;
    stop();
  };
  process.on('SIGINT', handle);
  return () => {
    process.off('SIGINT', handle);
  };
}
