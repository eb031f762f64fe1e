import type { Fault } from '../data/happened.ts';

/** What a value is: how it is written, and where its axis begins. */
export type Unit = 'perSecond' | 'ms' | 'share' | 'number';

/** A colour by what it means: the same signal has the same one on all of the page. */
export type Tone = 'ink' | 'accent' | 'good' | 'bad' | 'unsure' | 'violet' | 'teal' | 'quiet';

export interface Line {
  readonly label: string;
  /** One for each interval of the run; NaN: nothing was measured. */
  readonly values: readonly number[];
  readonly tone: Tone;
  readonly form: 'line' | 'area' | 'dashed';
}

/** What must not be crossed: an objective, or the size of a pool. */
export interface LimitLine {
  readonly label: string;
  readonly value: number;
}

/** How often which times occurred, interval by interval. */
export interface Heat {
  /** The counts of the buckets from `lowest` on. */
  readonly columns: readonly (Float64Array | undefined)[];
  readonly lowest: number;
  readonly highest: number;
  readonly most: number;
}

export interface ChartData {
  readonly id: string;
  readonly title: string;
  readonly note?: string | undefined;
  readonly unit: Unit;
  readonly lines: readonly Line[];
  /** The same of the other run, on the intervals of this one. */
  readonly beside: readonly Line[];
  readonly limits: readonly LimitLine[];
  readonly heat?: Heat | undefined;
  readonly wide?: boolean | undefined;
}

/** The marks that all charts share. */
export interface Marks {
  readonly faults: readonly Pick<Fault, 'kind' | 'fromMs' | 'toMs'>[];
  readonly moments: readonly number[];
}
