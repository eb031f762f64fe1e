/**
 * The command line, or what it names, is wrong: what was read, and what would be right. Ends with
 * exit code 2.
 */
export class UsageError extends Error {
  /** What would be right, a line of its own; undefined where the message says it all. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
