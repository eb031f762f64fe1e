import { afterAll, beforeAll, expect } from 'vitest';
import { nextTurn } from '../time/system.ts';

/** P10, over all tests of the file that calls it: no rejection is left to the process. */
export function expectNoUnhandledRejection(): void {
  const unhandled: unknown[] = [];
  const takeNote = (reason: unknown): void => void unhandled.push(reason);
  beforeAll(() => void process.on('unhandledRejection', takeNote));
  afterAll(async () => {
    await nextTurn();
    process.off('unhandledRejection', takeNote);
    expect(unhandled).toEqual([]);
  });
}
