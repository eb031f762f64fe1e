import { level, object, text, wrong } from './json-codec.ts';
import type { RunEvent } from './run.ts';

/** As a record of the kinds, so that the compiler misses a new one here. */
const kinds: Readonly<Record<RunEvent['kind'], true>> = {
  'fault-began': true,
  'fault-ended': true,
  'breaker-opened': true,
  'breaker-half-opened': true,
  'breaker-closed': true,
  'limit-moved': true,
  'queue-full': true,
  'budget-empty': true,
  'fallback-began': true,
  'fallback-became-normal': true,
  'fallback-normal-ended': true,
  'source-finished': true,
  shedding: true,
  'replica-killed': true,
  'replica-ejected': true,
  'replica-back': true,
  'rollout-began': true,
  'rollout-ended': true,
  'replica-ready': true,
  'replica-gone': true,
  scaled: true,
  'out-of-memory': true,
  aborted: true,
  invalid: true,
};

export function eventToJson(event: RunEvent): unknown {
  return { ...event, atMs: level.toJson(event.atMs) };
}

/** @throws RecordError when it is no event. */
export function eventFromJson(json: unknown, path: string): RunEvent {
  const { atMs, kind, subject, text: words } = object(json, path);
  return {
    atMs: level.fromJson(atMs, `${path}.atMs`),
    kind: kindFromJson(kind, `${path}.kind`),
    subject: text(subject, `${path}.subject`),
    text: text(words, `${path}.text`),
  };
}

function kindFromJson(json: unknown, path: string): RunEvent['kind'] {
  const kind = text(json, path);
  if (Object.hasOwn(kinds, kind)) return kind as RunEvent['kind'];
  throw wrong(path, json, `one of ${Object.keys(kinds).join(', ')}`);
}
