import type { Colours } from '../../report/colours.ts';
import { pageWidth } from '../../report/width.ts';
import type { Progress, ProgressEvent } from './event.ts';
import { blockLines } from './lines.ts';
import { Underway } from './underway.ts';

/** Smooth enough to follow, slow enough for a connection over a sea. */
const framesPerSecond = 10;

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

/** A block that is drawn anew in its place, and is gone at the end. */
export class TtyProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #colours: Colours;
  readonly #timer: NodeJS.Timeout;
  readonly #underway = new Underway();
  #linesDrawn = 0;
  #closed = false;

  constructor(stream: NodeJS.WriteStream, colours: Colours) {
    this.#stream = stream;
    this.#colours = colours;
    this.#timer = setInterval(() => this.#draw(), 1000 / framesPerSecond);
    this.#timer.unref();
    stream.write(hideCursor);
    process.on('exit', this.#restore);
  }

  tell(event: ProgressEvent): void {
    this.#underway.tell(event);
    if (event.kind === 'scenario-ended') this.#clear();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    this.#clear();
    this.#restore();
    process.off('exit', this.#restore);
  }

  readonly #restore = (): void => {
    this.#stream.write(showCursor);
  };

  #draw(): void {
    const lines = this.#lines(performance.now());
    if (lines.length === 0) return;
    this.#clear();
    // A line that the terminal would break in two would not be cleared as one. What is no terminal
    // has no columns, and one that nobody has told its size has 0.
    const columns: number | undefined = this.#stream.columns;
    const width = (columns === undefined || columns === 0 ? pageWidth : columns) - 1;
    this.#stream.write(lines.map((line) => `${cut(line, width)}\n`).join(''));
    this.#linesDrawn = lines.length;
  }

  #lines(nowMs: number): readonly string[] {
    const { search, status } = this.#underway;
    if (search !== undefined) return search.blockLines(nowMs, this.#colours);
    return status === undefined ? [] : blockLines(status, nowMs, this.#colours);
  }

  #clear(): void {
    if (this.#linesDrawn === 0) return;
    this.#stream.write(`\u001B[${this.#linesDrawn}A\r\u001B[J`);
    this.#linesDrawn = 0;
  }
}

/** As much of a line as fits; sequences that set colours take no room. */
function cut(line: string, width: number): string {
  let room = width;
  // oxlint-disable-next-line no-control-regex
  return line.replace(/(\u001B\[\d+m)|./gu, (character, colour: string | undefined) => {
    if (colour !== undefined) return colour;
    return room-- > 0 ? character : '';
  });
}
