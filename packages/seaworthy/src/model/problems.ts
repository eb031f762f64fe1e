import type { Located, Path, Place } from './source/located.ts';
import { keyPlace, lookUp } from './source/located.ts';
import type { Source } from './source/source.ts';
import type { Problem } from './problem.ts';
import { ModelError } from './problem.ts';

/** Nobody repairs more at once; and a file that is nothing but errors must not take long. */
const mostProblems = 100;

/** What is wrong, and what would be right; a function where finding that takes time. */
export type Expected = string | undefined | (() => string | undefined);

/** Collects what is wrong with a file. */
export class Problems {
  readonly source: Source;
  private readonly found = new Map<string, { offset: number; problem: Problem }>();

  constructor(source: Source) {
    this.source = source;
  }

  get any(): boolean {
    return this.found.size > 0;
  }

  /**
   * The same message at the same place counts once: it may come up again in another environment.
   *
   * @throws ModelError when there are so many that nobody wants more.
   */
  add(place: Place, path: Path, message: string, expected?: Expected): void {
    const id = `${place.offset} ${message}`;
    if (this.found.has(id)) return;
    const { line, column } = this.source.position(place.offset);
    const problem = {
      file: this.source.fileName,
      line,
      column,
      path: formatPath(path),
      message,
      read: this.source.read(place),
      expected: typeof expected === 'function' ? expected() : expected,
      sourceLine: this.source.line(line),
    };
    this.found.set(id, { offset: place.offset, problem });
    if (this.found.size >= mostProblems) this.fail();
  }

  /** About the value at the end of a path, or the nearest that exists. */
  atValue(root: Located, path: Path, message: string, expected?: Expected): void {
    this.add(lookUp(root, path).found.at, path, message, expected);
  }

  /** About the key at the end of a path. */
  atKey(root: Located, path: Path, message: string, expected?: Expected): void {
    this.add(keyPlace(root, path), path, message, expected);
  }

  throwIfAny(): void {
    if (this.any) this.fail();
  }

  fail(): never {
    const sorted = [...this.found.values()].toSorted((a, b) => a.offset - b.offset);
    const problems = sorted.map((it) => it.problem);
    throw new ModelError(problems, problems.length < mostProblems);
  }
}

/** `calls."web -> payments".retry`, `services.web.steps[2]`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else {
      const word = /^[\w-]+$/.test(step) ? step : JSON.stringify(step);
      text += text === '' ? word : `.${word}`;
    }
  }
  return text;
}
