import { type Proportion, proportion } from '../../judge/limits/proportion.ts';
import type { TriggerResult } from '../../judge/limits/result.ts';

/** Fewer runs would jump between none and all. */
const runsOfGroup = 6;

/** Runs of similar size: how many of them collapsed, and what that says about others like them. */
export interface Group {
  readonly from: number;
  readonly to: number;
  /** In the middle of them. */
  readonly at: number;
  readonly share: Proportion;
}

/** What was run of a trigger, a few runs a group, in ascending order of size. */
export function groupsOf({ observed }: TriggerResult): readonly Group[] {
  const count = Math.max(1, Math.floor(observed.length / runsOfGroup));
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const runs = observed.slice(
      Math.floor((index * observed.length) / count),
      Math.floor(((index + 1) * observed.length) / count),
    );
    const [first] = runs;
    const last = runs.at(-1);
    if (first === undefined || last === undefined) return [];
    const collapsed = runs.filter((each) => each.collapsed).length;
    const at = Math.exp(runs.reduce((sum, each) => sum + Math.log(each.size), 0) / runs.length);
    return [{ from: first.size, to: last.size, at, share: proportion(collapsed, runs.length) }];
  });
}
