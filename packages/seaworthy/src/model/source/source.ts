import type { Place } from './located.ts';

/** The text of a file, and where its lines begin. */
export class Source {
  readonly fileName: string;
  readonly text: string;
  private readonly lineStarts: number[] = [0];

  constructor(fileName: string, text: string) {
    this.fileName = fileName;
    // A byte order mark is not a part of the first line.
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
      this.lineStarts.push(at + 1);
    }
  }

  /** Line and column of an offset, both from 1. */
  position(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }

  /** Where a line begins, counted from 1. */
  offset(line: number): number {
    return this.lineStarts[line - 1] ?? this.text.length;
  }

  /** The text of a line, counted from 1, without its end. */
  line(line: number): string {
    const start = this.offset(line);
    const next = this.lineStarts[line];
    const text = this.text.slice(start, next === undefined ? undefined : next - 1);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  /** What stands there, on its first line. */
  read(place: Place): string {
    return this.text.slice(place.offset, place.offset + place.length).split(/\r?\n/, 1)[0] ?? '';
  }
}
