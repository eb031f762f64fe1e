import type { LoadReading } from '../load/load.ts';
import type { EdgeReading } from '../proxy/measure/reading.ts';

/** The standard trials. */
export type TrialName =
  | 'burst'
  | 'connection storm'
  | 'brown-out'
  | 'failing share'
  | 'blackhole'
  | 'resets'
  | 'slow close'
  | 'pause'
  | 'cold start'
  | 'one slow replica';

/** What a trial does something to, which decides what is to be expected of the target. */
export type TrialAim =
  /** More tasks than the target carries: it is to go on with what it can. */
  | 'load'
  /** Some clients misbehave: the others are not to notice. */
  | 'clients'
  /** What the target calls: it is to answer all the same, be it with an error. */
  | 'dependency'
  /** The target itself: it is only to come back. */
  | 'process';

/** One trial: what is done, and to whom. */
export interface Trial {
  readonly name: TrialName;
  readonly aim: TrialAim;
  /** The name of the target or of the dependency. */
  readonly on: string;
  /** In words: `every call takes 100 ms longer`. */
  readonly what: string;
}

/** Tasks of some time, those of clients that misbehave left out, and the edges meanwhile. */
export interface Window {
  /** Since the trial began. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly tasks: LoadReading;
  /** Parallel to the dependencies of the subject. */
  readonly edges: readonly EdgeReading[];
}

/** What happened in a trial. */
export type TrialRun =
  | (Trial & { readonly status: 'not run'; readonly because: string })
  | (Trial & {
      readonly status: 'ran';
      readonly before: readonly Window[];
      readonly during: readonly Window[];
      readonly after: readonly Window[];
      /** From the beginning of the trial, when what it does began and when it was over. */
      readonly beganMs: number;
      readonly overMs: number;
      /** What it did, and how often; and how often it must, to have shown something. */
      readonly touched: number;
      readonly touchedLeast: number;
      /** What is counted in `touched`: `requests`, `connections`. */
      readonly unit: string;
      /** How the process of the target ended by itself. */
      readonly crashed: string | undefined;
    });

export type RanTrial = Extract<TrialRun, { status: 'ran' }>;
