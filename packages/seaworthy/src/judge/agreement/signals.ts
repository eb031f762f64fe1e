import type { Measure, Model, Subject } from '../../model/model.ts';
import type { Run } from '../../signals/run.ts';
import { measure, samplesNeeded } from '../measure.ts';
import { edgeSamples, intervalsIn, levelOf, secondsOf, sumOf, total } from '../totals.ts';
import type { Span } from '../triggers.ts';

export type SignalKind = 'rate' | 'time' | 'share' | 'level';

/** Something that a simulation and a rehearsal measure alike. */
export interface Signal {
  /** A source, or an edge between services. */
  readonly subject: string;
  /** `p99`, `attempts`, ... */
  readonly name: string;
  readonly kind: SignalKind;
  /** Per second, milliseconds, 0..1, or a number. NaN: not measured, or of too few calls. */
  readonly value: number;
  /** The standard error of the value by the number of calls, for rates and shares. */
  readonly noise: number;
}

/**
 * The signals that do not depend on where one looks: sources count from the intended start in both
 * worlds, and a proxy sees attempts, not calls. The same ones in the same order for each run.
 */
export function signalsOf(model: Model, run: Run, span: Span): readonly Signal[] {
  return [
    ...model.sources.flatMap((_, index) => ofSource(model, run, index, span)),
    ...model.edges.flatMap(({ from }, index) =>
      from.kind === 'service' ? ofEdge(model, run, index, span) : [],
    ),
  ];
}

const quantiles = [0.5, 0.9, 0.99];

function ofSource(model: Model, run: Run, index: number, span: Span): readonly Signal[] {
  const source: Subject = { kind: 'source', index };
  const subject = model.sources[index]!.name;
  const measured = (what: Measure) => measure(model, run, source, what, span);
  const { seconds, value: offered } = measured({ kind: 'offered' });
  const { value: goodput } = measured({ kind: 'goodput' });
  const { value: success, samples } = measured({ kind: 'success' });
  return [
    { subject, name: 'offered', kind: 'rate', value: offered, noise: rateNoise(offered, seconds) },
    { subject, name: 'goodput', kind: 'rate', value: goodput, noise: rateNoise(goodput, seconds) },
    {
      subject,
      name: 'success',
      kind: 'share',
      value: success,
      noise: shareNoise(success, samples),
    },
    ...quantiles.map((quantile): Signal => {
      const what = { kind: 'latency', statistic: 'quantile', quantile } as const;
      const { value, samples: answered } = measured(what);
      const isKnown = answered >= samplesNeeded(what);
      const name = `p${quantile * 100}`;
      return { subject, name, kind: 'time', value: isKnown ? value : Number.NaN, noise: 0 };
    }),
  ];
}

function ofEdge(model: Model, run: Run, index: number, span: Span): readonly Signal[] {
  const subject = model.edges[index]!.name;
  const intervals = intervalsIn(run, span);
  const samples = edgeSamples(intervals, [index]);
  const seconds = secondsOf(intervals);
  const attempts = sumOf(samples, (sample) => sample.attempts);
  const perSecond = attempts / seconds;
  // Some of those that fail have begun earlier.
  const failed = Math.min(
    1,
    sumOf(samples, ({ attemptsFailed }) => total(attemptsFailed)) / attempts,
  );
  const inFlight = levelOf(intervals, ({ edges }) => edges[index]!.inFlightMean);
  return [
    {
      subject,
      name: 'attempts',
      kind: 'rate',
      value: perSecond,
      noise: rateNoise(perSecond, seconds),
    },
    { subject, name: 'failed', kind: 'share', value: failed, noise: shareNoise(failed, attempts) },
    { subject, name: 'in flight', kind: 'level', value: inFlight, noise: 0 },
  ];
}

/** Of a Poisson variate. */
function rateNoise(perSecond: number, seconds: number): number {
  return Math.sqrt(perSecond / seconds);
}

/** Of a binomial one. */
function shareNoise(share: number, samples: number): number {
  return Math.sqrt((share * (1 - share)) / samples);
}
