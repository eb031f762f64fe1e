import type { Colours } from '../../report/colours.ts';
import { countText, numberCell } from '../../report/quantities.ts';
import type { Searching } from './event.ts';
import { barOf } from './lines.ts';

/** Where a search is, for whoever waits. */
export class SearchStatus {
  readonly #startedMs: number;
  #told: Searching;
  stopping = false;

  /** @param nowMs wall time */
  constructor(told: Searching, nowMs: number) {
    this.#told = told;
    this.#startedMs = nowMs;
  }

  add(told: Searching): void {
    this.#told = told;
  }

  /** The block on a terminal. */
  blockLines(nowMs: number, colours: Colours): readonly string[] {
    const { name, share, doing } = this.#told;
    const lines = [
      `${name}  ${barOf(share, colours)}  ${percent(share)}`,
      colours.quiet([this.#account(), ...this.#left(nowMs)].join(', ')),
      ...doing.map((each) => `looking for ${each}`.replace('looking for what', 'what')),
    ];
    if (this.stopping) lines.push(colours.unsure('stopping; once more to end at once'));
    return lines;
  }

  /** The same in one line, for logs. */
  plainLine(nowMs: number): string {
    const { name, share } = this.#told;
    return [`${name} ${percent(share)}`, this.#account(), ...this.#left(nowMs)].join(', ');
  }

  #account(): string {
    const { runs, requests } = this.#told;
    return `${countText(runs, 'run')}, ${numberCell(requests)} requests`;
  }

  /** Nothing before there is anything to go by. */
  #left(nowMs: number): readonly string[] {
    const { share } = this.#told;
    if (share < 0.05) return [];
    const leftMs = ((nowMs - this.#startedMs) * (1 - share)) / share;
    return [`about ${Math.ceil(leftMs / 1000)} s left`];
  }
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
