import { eventFromJson } from './event-json.ts';
import type { FollowedTask } from './followed-task.ts';
import { intervalFromJson } from './interval-json.ts';
import { object, parsed, wrong } from './json-codec.ts';
import { RecordError } from './record-error.ts';
import type { Interval, RunEvent, RunHeader } from './run.ts';
import { taskFromJson } from './task-json.ts';

/** A line of a thousand edges takes about a megabyte. */
const LINE_LENGTH_MAX = 16e6;

/** What gzip may unfold to: twenty times the record of an hour of a dozen services. */
const EVENTS_BYTES_MAX = 128e6;

/** Of all intervals: 600 intervals of more than 400 edges and services. About 300 MB in memory. */
const SAMPLES_MAX = 250e3;

/** The simulator keeps 5,000. */
const EVENTS_MAX = 1e5;

/** The simulator keeps 40. */
const TASKS_MAX = 1000;

/** Turns the bytes of the event file into intervals and events, a line at a time. */
export class RecordLines {
  readonly file: string;
  readonly intervals: Interval[] = [];
  readonly events: RunEvent[] = [];
  readonly tasks: FollowedTask[] = [];
  readonly #header: RunHeader;
  readonly #decoder = new TextDecoder();
  #rest = '';
  #line = 1;
  #bytes = 0;
  #eventsUntilMs = 0;
  #samples = 0;

  constructor(header: RunHeader, file: string) {
    this.#header = header;
    this.file = file;
  }

  take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > EVENTS_BYTES_MAX) {
      throw new RecordError(`${this.file} unfolds to more than ${EVENTS_BYTES_MAX} bytes`);
    }
    const [first = '', ...others] = this.#decoder.decode(chunk, { stream: true }).split('\n');
    this.#rest += first;
    for (const next of others) {
      this.#read(this.#rest);
      this.#rest = next;
    }
    if (this.#rest.length > LINE_LENGTH_MAX) {
      throw new RecordError(`${this.#place()} has more than ${LINE_LENGTH_MAX} characters`);
    }
  }

  /** A last line without an end is half a line: all that one who was killed could write. */
  end(running: boolean): void {
    if (this.#rest !== '' && !running) throw new RecordError(`${this.#place()} has no end`);
  }

  #read(line: string): void {
    const place = this.#place();
    const { interval, event, task } = object(parsed(line, place), place);
    if (interval !== undefined) {
      this.#countSamples(place);
      this.#addInterval(intervalFromJson(interval, this.#header, `${place}: interval`), place);
    } else if (event !== undefined) {
      this.#addEvent(eventFromJson(event, `${place}: event`), place);
    } else if (task !== undefined) {
      this.#addTask(taskFromJson(task, this.#header.edges.length, `${place}: task`), place);
    } else {
      throw wrong(place, line, 'an interval, an event or a task');
    }
    this.#line++;
  }

  #addInterval(interval: Interval, place: string): void {
    const before = this.intervals.at(-1)?.toMs ?? 0;
    if (interval.fromMs !== before || interval.toMs < before) {
      throw wrong(`${place}: interval.fromMs`, interval.fromMs, `${before}, without a gap`);
    }
    this.intervals.push(interval);
  }

  /** Before they are there: a blank sample takes nothing in the file, and a kilobyte in memory. */
  #countSamples(place: string): void {
    const { edges, services, queues, rows } = this.#header;
    this.#samples += 1 + edges.length + services.length + queues.length + rows.length;
    if (this.#samples > SAMPLES_MAX) {
      throw new RecordError(`${place}: more than ${SAMPLES_MAX} samples of edges and services`);
    }
  }

  #addEvent(event: RunEvent, place: string): void {
    if (event.atMs < this.#eventsUntilMs) {
      throw wrong(`${place}: event.atMs`, event.atMs, `${this.#eventsUntilMs} or later`);
    }
    this.#eventsUntilMs = event.atMs;
    if (this.events.push(event) > EVENTS_MAX) {
      throw new RecordError(`${place}: more than ${EVENTS_MAX} events`);
    }
  }

  #addTask(task: FollowedTask, place: string): void {
    if (this.tasks.push(task) > TASKS_MAX) {
      throw new RecordError(`${place}: more than ${TASKS_MAX} tasks`);
    }
  }

  #place(): string {
    return `${this.file}, line ${this.#line}`;
  }
}
