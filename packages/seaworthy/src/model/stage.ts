/** How a service is started as a process, one for each replica. */
export interface ServiceProcess {
  /** A program and its arguments; a single text is run by a shell. */
  readonly command: readonly string[] | string;
  /** Relative to the folder of the file. */
  readonly folder: string;
  /** Added to the environment of the command line itself. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it listens. Undefined: the stage picks a free one, and says so in `PORT`. */
  readonly port: number | undefined;
  readonly ready: Readiness;
}

/** When a process is ready: all that is said must hold; nothing: its port takes connections. */
export interface Readiness {
  /** Answers `GET` with less than 400. */
  readonly path: string | undefined;
  /** Stands somewhere in what it prints. */
  readonly output: string | undefined;
  readonly withinMs: number;
}

/** One kind of request that a source sends. */
export interface SourceRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** How often, beside the others. */
  readonly weight: number;
}

/** `{web}`: where a service is reached; `{port}`: where the process itself shall listen. */
const placeholder = /\{([A-Za-z][\w.-]*)\}/g;

/** The names in braces. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map((match) => match[1]!);
}

/** The text with what stands for the names in braces. */
export function filledIn(text: string, valueOf: (name: string) => string): string {
  return text.replace(placeholder, (_, name: string) => valueOf(name));
}
