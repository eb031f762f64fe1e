/** A part of the stage did not come up, or did not stay. */
export class StageError extends Error {
  /** Where in the file it is described, such as `services.web.run`. */
  readonly path: readonly string[];
  /** What helps to find out why: the last that it printed. */
  readonly details: readonly string[];

  constructor(path: readonly string[], message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'StageError';
    this.path = path;
    this.details = details;
  }
}
