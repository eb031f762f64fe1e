import { criticalityNames } from '@seaworthy/policy/engine';

import type { FileEdit } from '../model/edit/file-edit.ts';
import { list, object, text, wrong } from '../signals/json-codec.ts';
import type {
  Change,
  Finding,
  LatencyResult,
  ObjectiveResult,
  TriedChange,
  Verdict,
} from '../judge/verdict.ts';

/** Reads one kind of value. @throws RecordError that says where it is wrong. */
type Read<Value> = (json: unknown, path: string) => Value;

type Fields<Value> = { readonly [Field in keyof Value]-?: Read<Value[Field]> };

/**
 * The verdict of a record, which may be of another version, or of somebody else.
 *
 * @throws RecordError that says what is wrong, and where.
 */
export function verdictFromJson(json: unknown, path: string): Verdict | undefined {
  return json === null || json === undefined ? undefined : verdict(json, path);
}

function fields<Value extends object>(of: Fields<Value>): Read<Value> {
  const entries = Object.entries(of) as [string, Read<unknown>][];
  return (json, path) => {
    const given = object(json, path);
    return Object.fromEntries(
      entries.map(([field, read]) => [field, read(given[field], `${path}.${field}`)]),
    ) as Value;
  };
}

function many<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (json, path) => list(json, path).map((each, at) => read(each, `${path}[${at}]`));
}

/** What a JSON text leaves out, or says with null. */
function perhaps<Value>(read: Read<Value>): Read<Value | undefined> {
  return (json, path) => (json === undefined || json === null ? undefined : read(json, path));
}

function oneOf<Word extends string>(...words: readonly Word[]): Read<Word> {
  return (json, path) => {
    const word = words.find((known) => known === json);
    if (word === undefined) throw wrong(path, json, words.join(' or '));
    return word;
  };
}

const number: Read<number> = (json, path) => {
  if (typeof json === 'number') return json;
  throw wrong(path, json, 'a number');
};

/** JSON has no word for what never ends, or never began. */
const measured: Read<number> = (json, path) => (json === null ? Number.NaN : number(json, path));

const flag: Read<boolean> = (json, path) => {
  if (typeof json === 'boolean') return json;
  throw wrong(path, json, 'true or false');
};

const schema: Read<1> = (json, path) => {
  if (json === 1) return 1;
  throw wrong(path, json, '1, the version that can be read here');
};

const outcome = oneOf('pass', 'fail', 'inconclusive');
const severity = oneOf('critical', 'high', 'medium');

const objective = fields<ObjectiveResult>({
  text,
  outcome,
  required: text,
  observed: text,
  observedRange: perhaps(text),
  margin: perhaps(number),
  failedReplications: number,
  firstViolationMs: perhaps(number),
  note: perhaps(text),
});

const brief = fields<NonNullable<TriedChange['still']>>({ title: text, severity, seenIn: number });
const came = fields<Pick<ObjectiveResult, 'outcome' | 'observed' | 'margin'>>({
  outcome,
  observed: text,
  margin: perhaps(number),
});

const tried = fields<TriedChange>({
  effect: oneOf('solves', 'helps', 'trades', 'none'),
  outcome,
  replications: number,
  still: perhaps(brief),
  alsoGone: many(text),
  objectives: many(fields({ text, before: came, after: came })),
  worse: many(brief),
});

/** Only programs read it: a report shows the difference. */
const edit: Read<FileEdit> = (json, path) => object(json, path) as unknown as FileEdit;

const change = fields<Change>({
  edits: many(edit),
  why: text,
  difference: many(text),
  tried: perhaps(tried),
});

const finding = fields<Finding>({
  key: text,
  id: text,
  title: text,
  severity,
  evidence: oneOf('suspected', 'demonstrated'),
  fromMs: number,
  toMs: number,
  edges: many(text),
  services: many(text),
  numbers: many(text),
  sustainingEffect: perhaps(text),
  steps: many(fields({ atMs: number, text })),
  changes: many(change),
  seenIn: number,
  seed: number,
  command: text,
});

const latency = fields<LatencyResult>({
  samples: number,
  mean: perhaps(number),
  p50: perhaps(number),
  p90: perhaps(number),
  p99: perhaps(number),
  p999: perhaps(number),
  max: perhaps(number),
});

const shares = {
  successShare: measured,
  fallbackShare: measured,
  failedShare: measured,
  rejectedShare: measured,
};

const verdict = fields<Verdict>({
  schema,
  outcome,
  sentence: text,
  objectives: many(objective),
  findings: many(finding),
  traffic: many(
    fields({
      source: text,
      offeredPerSecond: measured,
      goodputPerSecond: measured,
      ...shares,
      latency,
      classes: many(fields({ criticality: oneOf(...criticalityNames), ...shares })),
    }),
  ),
  edges: many(
    fields({
      edge: text,
      offeredPerSecond: measured,
      successShare: measured,
      attemptSuccessShare: measured,
      attemptsPerTask: measured,
      latency,
      waitP99Ms: perhaps(number),
      rejectedShare: measured,
      fallbackShare: measured,
      fallback: perhaps(
        fields({
          reasons: many(fields({ reason: text, share: measured })),
          links: many(measured),
          normalMs: measured,
        }),
      ),
      breakerOpenShare: measured,
      inFlightMax: measured,
      limit: measured,
      cache: perhaps(
        fields({
          hitShare: measured,
          staleShare: measured,
          missShare: measured,
          joinedShare: measured,
          failedShare: measured,
          rescuedShare: measured,
          recomputedPerSecond: measured,
          refreshedPerSecond: measured,
          recomputingMax: measured,
        }),
      ),
      notable: flag,
    }),
  ),
  queues: many(
    fields({
      queue: text,
      publishedPerSecond: measured,
      donePerSecond: measured,
      latency,
      backlogMax: measured,
      ageMs: measured,
      redeliveredShare: measured,
      duplicateShare: measured,
      deadLetterShare: measured,
    }),
  ),
  rows: many(
    fields({
      rows: text,
      locksPerSecond: measured,
      waitP99Ms: perhaps(number),
      queueMean: measured,
      conflictShare: measured,
    }),
  ),
  replications: number,
  seeds: many(number),
});
