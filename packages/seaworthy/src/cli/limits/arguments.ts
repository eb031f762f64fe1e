import type { SizeKind } from '../../judge/limits/trigger.ts';
import type { Model } from '../../model/model.ts';
import { didYouMean } from '../../model/nearest.ts';
import { parseUnit, shareUnit } from '../../model/unit.ts';
import type { ProgressKind } from '../progress/progress.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `limits`, as the command line has them. */
export interface LimitsArguments {
  readonly scenario?: string;
  readonly env?: string;
  readonly source?: string;
  readonly size: SizeKind;
  readonly precision: string;
  readonly seed?: string;
  readonly format: 'text' | 'json';
  readonly progress: ProgressKind;
  readonly report?: string | true;
  readonly color: boolean;
}

/** Sharper takes thousands of runs; blunter is no answer. */
const precisionRange = { least: 0.01, most: 0.2 } as const;

/** @throws UsageError that names the option, what was read, and what would be right. */
export function readPrecision(text: string): number {
  const share = parseUnit(shareUnit, text);
  if (share !== undefined && share >= precisionRange.least && share <= precisionRange.most) {
    return share;
  }
  throw new UsageError(`option --precision: "${text}" is not a share from 1% to 20%`);
}

/** @throws UsageError with the name that was probably meant. */
export function findSource(model: Model, name: string | undefined): number | undefined {
  if (name === undefined) return undefined;
  const names = model.sources.map((source) => source.name);
  const index = names.indexOf(name);
  if (index !== -1) return index;
  throw new UsageError(`option --source: unknown source "${name}"`, didYouMean(name, names));
}
