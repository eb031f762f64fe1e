import type { Model } from '../../model/model.ts';
import type { Observation } from '../../threshold/posterior.ts';
import type { Part } from './campaign.ts';
import type { Question } from './probe.ts';
import { type Proportion, proportion } from './proportion.ts';
import type { StateName, StateResult } from './result.ts';

/** Five runs that all come out the same leave a doubt of 1 in 64. */
const firstRuns = 5;
const roundRuns = 4;

/** What is still open after so many is close to one half, and said to be. */
const runsMax = 33;

/** Of a proportion over or under one half; of a state. */
const sure = 0.975;
const sureOfState = 0.95;

/** Repeats one question until its answer is more likely than not, or is not, without much doubt. */
export async function repeat(
  part: Part,
  question: readonly [Model, Question],
): Promise<Proportion> {
  let collapsed = 0;
  let runs = 0;
  let answer = proportion(0, 0);
  while (runs < runsMax) {
    const round = Array.from({ length: runs === 0 ? firstRuns : roundRuns }, () => question);
    // One round after the other: most questions are answered by the first.
    const results = await part.ask(round, (each) => each);
    for (const [, { ending }] of results) if (ending?.collapsed === true) collapsed++;
    runs += results.length;
    answer = proportion(collapsed, runs);
    part.advance(runs / runsMax);
    if (results.length < round.length) break;
    if (leaning(answer) !== 'open') break;
  }
  part.advance(1);
  return answer;
}

/** What most runs do, as far as that is beyond doubt. */
export function leaning({ overHalf }: Proportion): 'collapses' | 'holds' | 'open' {
  if (overHalf > sure) return 'collapses';
  return overHalf < 1 - sure ? 'holds' : 'open';
}

/** The runs behind it, at the load of the file. */
export function runsBehind({ count, of }: Proportion): readonly Observation[] {
  return Array.from({ length: of }, (_, index) => ({ size: 1, collapsed: index < count }));
}

/** What collapses by itself needs no trigger, and no other start, to be known by. */
export function isOverloaded(cold: Proportion): boolean {
  return cold.overHalf >= sureOfState;
}

/**
 * By the two-start test: a load is overloaded when a system that starts empty collapses, vulnerable
 * when one that starts empty does not but one that has collapsed stays so, and stable otherwise.
 */
export function stateOf(cold: Proportion, hot: Proportion): StateResult {
  const overloaded = cold.overHalf;
  const vulnerable = (1 - overloaded) * hot.overHalf;
  const probability: Record<StateName, number> = {
    stable: 1 - overloaded - vulnerable,
    vulnerable,
    overloaded,
  };
  const names = Object.keys(probability) as StateName[];
  const name = names.find((each) => probability[each] >= sureOfState);
  return { name: name ?? 'inconclusive', probability, cold, hot };
}
