import type { Path } from '../source/located.ts';

/** A value as the file has it: `400ms`, `3`, `{ share: 10%, floor: 1/s }`. */
export type FileValue =
  | string
  | number
  | boolean
  | readonly FileValue[]
  | { readonly [key: string]: FileValue };

/** A place of the file, and the value that it gets: a change that a program can make. */
export interface FileEdit {
  /** Key by key from the top of the file: `['calls', 'web -> payments', 'timeout']`. */
  readonly path: Path;
  /** `null` takes the key away, as in an overlay. */
  readonly value: FileValue | null;
}
