import type { RandomStream } from '@seaworthy/policy/engine';
import { type Criticality, levelAt, levelOf } from '@seaworthy/policy/engine';

import type { Edge, Model, Source } from '../../model/model.ts';

/** Whether calls of several classes go over an edge, as its caller knows without being told. */
export function hasClasses(model: Model, { from }: Edge): boolean {
  return from.kind === 'source' && classCount(model.sources[from.index]!) > 1;
}

/** Nobody draws how much a task matters where nobody asks. */
export function knowsLevels(model: Model, source: Source): boolean {
  if (classCount(source) > 1) return true;
  if (model.services.some((service) => service.admission !== undefined)) return true;
  return model.edges.some((edge) => edge.policy.admission !== undefined);
}

function classCount(source: Source): number {
  return source.criticality.filter((share) => share > 0).length;
}

/** As in DAGOR: who is shed first among equals changes each hour. */
const EPOCH_MS = 3_600_000;

/** How much each task of a source matters: its class, and its user within the class. */
export class TaskLevels {
  readonly #shares: readonly number[];
  readonly #chance: RandomStream;

  /** `shares` of the classes, by their number. */
  constructor(shares: readonly number[], chance: RandomStream) {
    this.#shares = shares;
    this.#chance = chance;
  }

  /** Of a task of someone who comes once. */
  ofStranger(): number {
    return levelAt(this.#class(), this.#chance.next());
  }

  /** Of a task of someone who comes again, and is treated the same each time. */
  ofUser(user: number, nowMs: number): number {
    return levelOf(this.#class(), user, Math.floor(nowMs / EPOCH_MS));
  }

  #class(): Criticality {
    let left = this.#chance.next();
    let last = 0;
    for (let one = 0; one < this.#shares.length; one++) {
      const share = this.#shares[one]!;
      if (share === 0) continue;
      last = one;
      left -= share;
      if (left < 0) break;
    }
    return last as Criticality;
  }
}
