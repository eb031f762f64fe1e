import { criticalityNames } from '@seaworthy/policy/engine';

import type { FileEdit } from '../model/edit/file-edit.ts';
import { object, text, wrong } from '../signals/json-codec.ts';
import type {
  Change,
  Course,
  Finding,
  LatencyResult,
  ObjectiveResult,
  TriedChange,
  Verdict,
} from '../judge/verdict.ts';
import { fields, flag, many, measured, number, oneOf, perhaps, type Read } from './reading.ts';

/**
 * The verdict of a record, which may be of another version, or of somebody else.
 *
 * @throws RecordError that says what is wrong, and where.
 */
export function verdictFromJson(json: unknown, path: string): Verdict | undefined {
  return json === null || json === undefined ? undefined : verdict(json, path);
}

const schema: Read<1> = (json, path) => {
  if (json === 1) return 1;
  throw wrong(path, json, '1, the version that can be read here');
};

const outcome = oneOf('pass', 'fail', 'inconclusive', 'invalid');
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

const course = fields<Course>({
  toMs: many(number),
  before: many(measured),
  after: many(measured),
});

const tried = fields<TriedChange>({
  effect: oneOf('solves', 'helps', 'trades', 'none'),
  outcome,
  replications: number,
  still: perhaps(brief),
  alsoGone: many(text),
  objectives: many(fields({ text, before: came, after: came, course: perhaps(course) })),
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
  evidence: oneOf('suspected', 'demonstrated', 'reproduced'),
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
