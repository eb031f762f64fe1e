import { RecordWriter } from '../../signals/record-writer.ts';
import type { Interval, Run, RunEvent, RunHeader } from '../../signals/run.ts';
import { recordFailure } from '../scenarios/record-folder.ts';

/** The record of a run that is written while it goes on, whoever waits for that. */
export class LiveRecord {
  readonly #folder: string;
  readonly #writer: RecordWriter;
  /** Everything so far is on its way to the disk, or the first failure. */
  #written: Promise<void> = Promise.resolve();

  private constructor(folder: string, writer: RecordWriter) {
    this.#folder = folder;
    this.#writer = writer;
  }

  /** @throws UsageError when there is no place for a record. */
  static async open(folder: string, header: RunHeader): Promise<LiveRecord> {
    try {
      return new LiveRecord(folder, await RecordWriter.open(folder, header));
    } catch (error) {
      throw recordFailure(error, folder);
    }
  }

  addInterval(interval: Interval): void {
    this.#add(() => this.#writer.appendInterval(interval));
  }

  addEvent(event: RunEvent): void {
    this.#add(() => this.#writer.appendEvent(event));
  }

  /**
   * Ends it, with what the judge says.
   *
   * @param run Undefined: it came to nothing.
   * @throws UsageError when it could not be written.
   */
  async close(run: Run | undefined, verdict: unknown): Promise<void> {
    const status = run?.header.status === 'complete' ? 'complete' : 'interrupted';
    try {
      await this.#written;
      await this.#writer.close(status, run?.eventsDropped ?? 0, verdict);
    } catch (error) {
      throw recordFailure(error, this.#folder);
    }
  }

  #add(write: () => Promise<void>): void {
    this.#written = this.#written.then(write);
    // Told at the end; until then it is nobody's.
    this.#written.catch(() => undefined);
  }
}
