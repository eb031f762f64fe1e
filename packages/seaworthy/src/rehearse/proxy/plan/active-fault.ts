import { stream, type RandomStream } from '@seaworthy/policy/engine';

import { exponential } from '../../../model/chance/ziggurat.ts';
import type { Direction, FaultSettings } from '../fault.ts';
import { type EffectRunner, runnerOf } from '../effects/runner.ts';

/** A fault that is up: its dice, what it has hit so far, and what it does to that. */
export class ActiveFault {
  readonly settings: FaultSettings;
  readonly runner: EffectRunner;
  /** How many requests or connections it was drawn for, and how many of them it hit. */
  drawn = 0;
  hits = 0;
  readonly #chance: RandomStream;
  readonly #spellChance: RandomStream;
  #left: number;

  /** The same seed, edge and name draw the same, in the order of arrival. */
  constructor(settings: FaultSettings, seed: number, edge: string) {
    this.settings = settings;
    const who = `${edge}/${settings.name}`;
    this.#chance = stream(seed, who, 'hits');
    this.#spellChance = stream(seed, who, 'spells');
    this.runner = runnerOf(settings.effect, stream(seed, who, 'effect'));
    this.#left = settings.first;
  }

  /** Whether it hits the next one. One draw for each, so that another share moves no other dice. */
  draws(): boolean {
    this.drawn++;
    const hits = this.#chance.next() < this.settings.share && this.#left > 0;
    if (!hits) return false;
    this.#left--;
    this.hits++;
    return true;
  }

  /** What it is drawn for on a connection; undefined: that is not known yet. */
  eachOn(protocol: 'unknown' | 'http' | 'tcp'): 'request' | 'connection' | undefined {
    const { each, share, first } = this.settings;
    if (each !== 'auto') return each;
    if (this.runner.each !== undefined) return this.runner.each;
    if (share === 1 && first === Infinity) return 'connection';
    if (protocol === 'unknown') return undefined;
    return protocol === 'http' ? 'request' : 'connection';
  }

  /** Whether it works on bytes that go this way. */
  worksOn(direction: Direction): boolean {
    return this.runner.bothWays === true || this.settings.direction === direction;
  }

  /** How long the next spell of activity, or of peace, lasts. */
  spellMs(isOn: boolean): number {
    const { onMs, offMs } = this.settings.spells!;
    return (isOn ? onMs : offMs) * exponential(this.#spellChance);
  }
}
