import { setTimeout as pause } from 'node:timers/promises';

const maxMs = 15_000;

/** Waits until it is so, and does not wait for ever. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + maxMs;
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error(`it was not so within ${maxMs / 1000} s`);
    await pause(20);
  }
}
