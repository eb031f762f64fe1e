import type { Located, Path, Place } from './source/located.ts';
import { keyPlace, lookUp } from './source/located.ts';
import type { Source } from './source/source.ts';
import type { Problem } from './problem.ts';
import { ModelError } from './problem.ts';

/** Nobody repairs more at once, and finding the nearest known name for each takes time. */
const problemsKept = 100;

/** What is wrong, and what would be right; a function where finding that takes time. */
export type Expected = string | undefined | (() => string | undefined);

/** Collects what is wrong with a file. */
export class Problems {
  readonly source: Source;
  private readonly kept = new Map<string, { offset: number; problem: Problem }>();
  private total = 0;

  constructor(source: Source) {
    this.source = source;
  }

  get any(): boolean {
    return this.total > 0;
  }

  /** The same message at the same place counts once: it may come up again in another environment. */
  add(place: Place, path: Path, message: string, expected?: Expected): void {
    const id = `${place.offset} ${message}`;
    if (this.kept.has(id)) return;
    this.total++;
    if (this.kept.size >= problemsKept) return;
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
    this.kept.set(id, { offset: place.offset, problem });
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
    const sorted = [...this.kept.values()].toSorted((a, b) => a.offset - b.offset);
    throw new ModelError(
      sorted.map((it) => it.problem),
      this.total,
    );
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
