import picocolors from 'picocolors';

import type { Outcome } from '../judge/verdict.ts';
import type { Paint } from './columns.ts';

/** The few colours there are, by what they mean. Never alone: a word or a sign says the same. */
export interface Colours {
  readonly good: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  readonly strong: Paint;
  readonly quiet: Paint;
}

export function coloursOf(enabled: boolean): Colours {
  const paint = picocolors.createColors(enabled);
  return {
    good: paint.green,
    bad: paint.red,
    unsure: paint.yellow,
    strong: paint.bold,
    quiet: paint.dim,
  };
}

export function outcomePaint(colours: Colours, outcome: Outcome): Paint {
  switch (outcome) {
    case 'pass':
      return colours.good;
    case 'fail':
      return colours.bad;
    case 'inconclusive':
    case 'invalid':
      return colours.unsure;
  }
}

/** The sign of an outcome, for lists. */
export const outcomeSign: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  invalid: '!',
};
