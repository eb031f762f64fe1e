/** Something in a file that is wrong: where, what was read, what would be right. */
export interface Problem {
  /** As it was given, to be opened from where the process runs. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** `calls."web -> payments".retry.budgett`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong: `unknown key`. */
  readonly message: string;
  /** What stands there, as written. */
  readonly read: string;
  /**
   * What would be right, as a sentence part: `did you mean "budget"?`. Undefined where the message
   * says it all.
   */
  readonly expected: string | undefined;
  /** The whole line, as written. */
  readonly sourceLine: string;
}

/** A file that cannot be read as a model. */
export class ModelError extends Error {
  /** In the order of the file; at least one. */
  readonly problems: readonly Problem[];
  /** False: there were so many that reading stopped. */
  readonly complete: boolean;

  constructor(problems: readonly Problem[], complete: boolean) {
    super(problems[0] === undefined ? 'the file has a problem' : headLine(problems[0]));
    this.name = 'ModelError';
    this.problems = problems;
    this.complete = complete;
  }
}

/** More would scroll the first away, and the first are the ones to repair. */
const problemsPrinted = 20;
/** A line longer than this is cut around the caret: minified JSON is one line. */
const sourceLineWidth = 100;

function headLine(problem: Problem): string {
  const path = problem.path === '' ? '' : `  ${problem.path}`;
  return `${problem.file}:${problem.line}:${problem.column}${path}  ${problem.message}`;
}

/**
 * In the style of a compiler: position, path and message; the source line; a caret; what would be
 * right. Control characters of the source are shown as `?`, so that a file cannot drive the
 * terminal.
 */
export function formatProblem(problem: Problem): string {
  const number = String(problem.line).padStart(5);
  const { text, column, length } = excerpt(problem);
  const lines = [
    printable(headLine(problem)),
    `${number} | ${text}`,
    `${' '.repeat(5)} | ${' '.repeat(column - 1)}${'^'.repeat(length)}`,
  ];
  if (problem.expected !== undefined) lines.push(printable(problem.expected));
  return lines.join('\n');
}

/** All problems of a file, at most twenty printed, and how many more there are. */
export function formatProblems(error: ModelError): string {
  const blocks = error.problems.slice(0, problemsPrinted).map(formatProblem);
  const more = error.problems.length - blocks.length;
  const others = error.complete ? '' : ', or more';
  if (more > 0) blocks.push(`and ${more} more ${more === 1 ? 'problem' : 'problems'}${others}`);
  return blocks.join('\n\n');
}

function excerpt(problem: Problem): { text: string; column: number; length: number } {
  const from = Math.max(0, problem.column - 1 - sourceLineWidth / 2);
  const start = problem.sourceLine.length <= sourceLineWidth ? 0 : from;
  const text = problem.sourceLine.slice(start, start + sourceLineWidth);
  const column = problem.column - start;
  const length = Math.max(1, Math.min(problem.read.length, text.length - column + 1));
  return { text: printable(text), column, length };
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '?');
}
