import type { Problem } from '../model/problem.ts';

/**
 * A policy that cannot be made from a file: there is no such file, it is wrong, or it has no such
 * call. The message says all of it, with lines of the file.
 */
export class FileError extends Error {
  /** `FileError`. */
  override readonly name: string = 'FileError';
  /** `SEAWORTHY_FILE`. Stable. */
  readonly code: string = 'SEAWORTHY_FILE';
  /** What is wrong in the file, in its order. Empty where it could not be read at all. */
  readonly problems: readonly Problem[];

  /** @internal */
  constructor(message: string, problems: readonly Problem[] = [], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.problems = problems;
  }
}
