import type { Random } from './random.ts';

/** The dice of the machine, for production. Not seeded, not repeatable. */
export const systemRandom: Random = { next: () => Math.random() };
