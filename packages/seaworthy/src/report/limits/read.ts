import type { Limits, StateResult, TriggerResult } from '../../judge/limits/result.ts';
import { object, text, wrong } from '../../signals/json-codec.ts';
import { statementsOf } from './headline.ts';
import type { LimitsResult } from '../html/page-run.ts';
import { fields, flag, many, measured, number, oneOf, perhaps, type Read } from '../reading.ts';

/**
 * What `seaworthy limits --format json` printed.
 *
 * @throws RecordError that says what is wrong, and where
 */
export function limitsFromJson(json: unknown, path: string): LimitsResult {
  const read = limits(json, path);
  return { ...read, statements: statementsOf(read) };
}

type Threshold = Limits['stableUpTo'];

const threshold: Read<Threshold> = (json, path) => {
  const { kind } = object(json, path);
  switch (oneOf('found', 'between', 'above', 'below', 'unknown')(kind, `${path}.kind`)) {
    case 'found':
      return { kind: 'found', ...found(json, path) };
    case 'between':
      return { kind: 'between', ...between(json, path) };
    case 'above':
      return { kind: 'above', ...beyond(json, path) };
    case 'below':
      return { kind: 'below', ...beyond(json, path) };
    case 'unknown':
      return { kind: 'unknown', ...fields({ runs: number })(json, path) };
  }
};

const found = fields({ at: number, low: number, high: number, settled: flag, runs: number });
const between = fields({ low: number, high: number, runs: number });
const beyond = fields({ than: number, runs: number });

const proportion = fields<StateResult['cold']>({
  count: number,
  of: number,
  median: number,
  low: number,
  high: number,
  overHalf: number,
});

const trigger = fields<TriggerResult>({
  name: text,
  texts: many(text),
  kind: oneOf('duration', 'magnitude'),
  durationMs: perhaps(number),
  tipsAt: threshold,
  asWritten: perhaps(number),
  curve: many(fields({ size: number, probability: number })),
  observed: many(fields({ size: number, collapsed: flag })),
  skipped: perhaps(text),
});

const schema: Read<1> = (json, path) => {
  if (json === 1) return 1;
  throw wrong(path, json, '1, the version that can be read here');
};

const limits = fields<Limits & { readonly command: string }>({
  schema,
  model: fields({ name: text, environment: perhaps(text) }),
  load: fields({
    unit: oneOf('per second', 'users', 'times'),
    given: number,
    sources: many(text),
  }),
  failing: many(fields({ text, tried: many(fields({ load: number, observed: text })) })),
  state: fields({
    name: oneOf('stable', 'vulnerable', 'overloaded', 'inconclusive'),
    probability: fields({ stable: number, vulnerable: number, overloaded: number }),
    cold: proportion,
    hot: proportion,
  }),
  stableUpTo: threshold,
  vulnerableUpTo: threshold,
  headroom: perhaps(number),
  fragility: perhaps(number),
  loop: many(
    fields({
      load: number,
      direction: oneOf('up', 'down'),
      healthy: flag,
      servedShare: measured,
      fails: many(text),
    }),
  ),
  triggers: many(trigger),
  notes: many(text),
  horizonMs: measured,
  seed: number,
  runs: number,
  requests: number,
  simulatedMs: number,
  status: oneOf('complete', 'interrupted'),
  command: text,
});
