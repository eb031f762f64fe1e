import { durationText, type LimitsResult, numberText } from '../seaworthy.ts';

export type Trigger = LimitsResult['triggers'][number];

/** A size of a trigger: how long it takes, or how many times as strong it is. */
export function sizeTextOf({ durationMs }: Trigger): (size: number) => string {
  return (size) =>
    durationMs === undefined ? `${numberText(size)}×` : durationText(size * durationMs);
}
