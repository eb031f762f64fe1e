import { type Criticality, criticalityNames } from '@seaworthy/policy/engine';

import type { Measure, Subject } from './model.ts';
import { didYouMean } from './nearest.ts';

/** What the values of a measure are. */
export type MeasureUnit = 'duration' | 'share' | 'rate' | 'number';

type Statistic = 'mean' | 'max' | 'quantile';
type PlainKind = Exclude<Measure['kind'], 'latency' | 'wait' | 'service-time' | 'recovery'>;

interface PlainMeasure {
  readonly unit: MeasureUnit;
  readonly of: readonly Subject['kind'][];
}

/** What has calls to look at: those of an edge or a source, or all into a service. */
const callers: readonly Subject['kind'][] = ['service', 'edge', 'source'];

const plainMeasures: Readonly<Record<PlainKind, PlainMeasure>> = {
  success: { unit: 'share', of: callers },
  failed: { unit: 'share', of: callers },
  rejected: { unit: 'share', of: callers },
  fallback: { unit: 'share', of: callers },
  attempts: { unit: 'number', of: callers },
  offered: { unit: 'rate', of: [...callers, 'queue'] },
  goodput: { unit: 'rate', of: [...callers, 'queue'] },
  throughput: { unit: 'rate', of: callers },
  'in-flight': { unit: 'number', of: ['service'] },
  queue: { unit: 'number', of: ['service', 'rows'] },
  'in-system': { unit: 'number', of: ['service'] },
  utilisation: { unit: 'share', of: ['service'] },
  wasted: { unit: 'share', of: ['service'] },
  conflicts: { unit: 'share', of: ['rows'] },
  backlog: { unit: 'number', of: ['queue'] },
  age: { unit: 'duration', of: ['queue'] },
  redelivered: { unit: 'share', of: ['queue'] },
  duplicates: { unit: 'share', of: ['queue'] },
  'dead-letters': { unit: 'share', of: ['queue'] },
  makespan: { unit: 'duration', of: ['source'] },
};

const plainWords = Object.keys(plainMeasures) as readonly PlainKind[];

/** For messages. */
const measureList = [
  'p50 (any percentile), mean or max, also after wait or service',
  plainWords.join(', '),
].join('; ');

/** What goes wrong while a text is read: what is wrong, and what would be right. */
export class Unreadable extends Error {
  readonly expected: string | undefined;

  constructor(message: string, expected?: string) {
    super(message);
    this.expected = expected;
  }
}

/**
 * The measure that words such as `p99`, `wait mean` or `success` name.
 *
 * @throws Unreadable with the list of measures.
 */
export function parseMeasure(words: readonly string[]): Measure {
  const [first, second, ...more] = words;
  if (first === undefined) throw new Unreadable('no measure', `measures: ${measureList}`);
  if (more.length === 0 && second !== undefined) {
    const statistic = parseStatistic(second);
    if (statistic !== undefined && first === 'wait') return { kind: 'wait', ...statistic };
    if (statistic !== undefined && first === 'service') {
      return { kind: 'service-time', ...statistic };
    }
  }
  const ofClass = parseClass(first, second);
  if (ofClass !== undefined && more.length === 0) return ofClass;
  if (second === undefined) {
    const statistic = parseStatistic(first);
    if (statistic !== undefined) return { kind: 'latency', ...statistic };
    const plain = plainWords.find((word) => word === first);
    if (plain !== undefined) return { kind: plain };
  }
  const near = didYouMean(first, [...plainWords, 'mean', 'max', 'wait', 'service']);
  const hint = near?.startsWith('did') ? near : `measures: ${measureList}`;
  throw new Unreadable(`unknown measure "${words.join(' ')}"`, hint);
}

/** `critical success` and the like. */
function parseClass(first: string, second: string | undefined): Measure | undefined {
  const criticality = criticalityNames.findIndex((name) => name === first);
  const kind = shareWords.find((word) => word === second);
  if (criticality === -1 || kind === undefined) return undefined;
  return { kind, criticality: criticality as Criticality };
}

const shareWords = ['success', 'failed', 'rejected', 'fallback'] as const;

function parseStatistic(word: string): { statistic: Statistic; quantile: number } | undefined {
  if (word === 'mean' || word === 'max') return { statistic: word, quantile: 0 };
  const match = /^p(\d{1,2}(?:\.\d{1,6})?)$/.exec(word);
  const quantile = match ? Number(`${match[1]}e-2`) : 0;
  return quantile > 0 ? { statistic: 'quantile', quantile } : undefined;
}

/** Whether a subject has a measure. */
export function hasMeasure(subject: Subject, measure: Measure): boolean {
  return subjectsOf(measure).includes(subject.kind);
}

/** For messages: what has a measure. */
export function whoHas(measure: Measure): string {
  return subjectsOf(measure)
    .map((kind) => plurals[kind])
    .join(', ');
}

const plurals: Readonly<Record<Subject['kind'], string>> = {
  service: 'services',
  edge: 'edges',
  source: 'sources',
  queue: 'queues',
  rows: 'rows',
  system: 'systems',
};

function subjectsOf(measure: Measure): readonly Subject['kind'][] {
  if (isPlain(measure)) return plainMeasures[measure.kind].of;
  switch (measure.kind) {
    case 'latency':
      return [...callers, 'queue'];
    case 'wait':
      return [...callers, 'rows'];
    case 'service-time':
      return ['service'];
    case 'recovery':
      return ['system'];
  }
}

/**
 * What the values of a measure are: durations in milliseconds, shares 0..1, rates per second, or
 * bare numbers.
 */
export function unitOf(measure: Measure): MeasureUnit {
  return isPlain(measure) ? plainMeasures[measure.kind].unit : 'duration';
}

function isPlain(measure: Measure): measure is Extract<Measure, { kind: PlainKind }> {
  return measure.kind in plainMeasures;
}
