/** Where a value comes from. The order is that of their weight as evidence: `file` is the best. */
export type Origin = FileOrigin | TraceOrigin | DefaultOrigin | GuessOrigin;

/** Somebody wrote it. */
export interface FileOrigin {
  readonly kind: 'file';
  /** Relative to the folder that was read, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** Nobody wrote it: a runtime, library, mesh or platform fills it in. */
export interface DefaultOrigin {
  readonly kind: 'default';
  /** What has it, with its version where that matters: `undici 7.30.2`. */
  readonly of: string;
  /** A public page or source file that says so. */
  readonly source: string;
}

/** Measured. */
export interface TraceOrigin {
  readonly kind: 'trace';
  readonly file: string;
  /** How many spans it was computed from. */
  readonly spans: number;
}

/** Nothing says it; something had to be there. */
export interface GuessOrigin {
  readonly kind: 'guess';
  readonly why: string;
}

/** One value, and where it comes from. Everything in a landscape is made of these. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: Origin;
}
