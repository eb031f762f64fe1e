import type { Effect, FaultKind } from '../fault.ts';

/** The effect of one kind. */
export type EffectOf<Kind extends FaultKind> = Extract<Effect, { kind: Kind }>;

/** A time for the journal: as many digits as anybody reads. */
export function milliseconds(ms: number): string {
  return `${Number(ms.toPrecision(4))} ms`;
}

/** `1 byte`, `17 bytes`. */
export function bytesText(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}
