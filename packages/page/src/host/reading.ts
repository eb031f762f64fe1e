import {
  type FollowedTask,
  headerFromJson,
  linesOf,
  PageColumns,
  type PageRun,
  pageRun,
  RecordError,
  type RunEvent,
  taskFromJson,
  verdictFromJson,
} from '../seaworthy.ts';

/** A record that comes in, line by line: from a server, or out of a folder. */
export class Reading {
  readonly #label: string;
  #head: ReturnType<typeof headerFromJson>;
  #events: RunEvent[] = [];
  #tasks: readonly FollowedTask[] = [];
  readonly #columns: PageColumns;

  /**
   * @param head what `run.json` says
   * @throws Error that says what is wrong with it
   */
  constructor(label: string, head: unknown) {
    this.#label = label;
    this.#head = headerFromJson(head, 'run.json');
    this.#columns = new PageColumns(this.#head.header);
  }

  /** The run has ended, and was judged. */
  update(head: unknown): void {
    this.#head = headerFromJson(head, 'run.json');
  }

  /** Takes a line of `events.ndjson`. One that cannot be read is left out. */
  take(line: string): void {
    const { interval, event, task } = parsed(line);
    if (interval !== undefined) this.#columns.add(interval);
    else if (task !== undefined) this.#takeTask(task);
    else if (isEvent(event)) this.#events = [...this.#events, event];
  }

  #takeTask(json: unknown): void {
    try {
      const task = taskFromJson(json, this.#head.header.edges.length, 'task');
      this.#tasks = [...this.#tasks, task];
    } catch (error) {
      // As with any other line that cannot be read.
      if (!(error instanceof RecordError)) throw error;
    }
  }

  /** What is known by now. */
  get run(): PageRun {
    const { header, eventsDropped, verdict: json } = this.#head;
    const verdict = verdictFromJson(json, 'run.json: verdict');
    const frame = {
      label: this.#label,
      record: this.#label,
      command: undefined,
      header,
      verdict,
      eventsDropped,
      events: this.#events,
      tasks: this.#tasks,
      lines: linesOf(header, verdict),
    };
    return pageRun(frame, this.#columns);
  }
}

interface Line {
  readonly interval?: unknown;
  readonly event?: unknown;
  readonly task?: unknown;
}

function parsed(line: string): Line {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

function isEvent(json: unknown): json is RunEvent {
  if (typeof json !== 'object' || json === null) return false;
  const { atMs, kind, subject, text } = json as Record<string, unknown>;
  return typeof atMs === 'number' && [kind, subject, text].every((it) => typeof it === 'string');
}
