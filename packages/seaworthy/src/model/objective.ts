import { type Criticality, criticalityNames } from '@seaworthy/policy/engine';

import type { Expectation, Measure, Objective, Subject, Tolerance } from './model.ts';
import { hasMeasure, parseMeasure, Unreadable, unitOf, whoHas } from './measure.ts';
import { didYouMean } from './nearest.ts';
import { durationUnit, parseUnit, rateUnit, shareUnit } from './unit.ts';

/** What objectives and expectations can be about. */
export interface Subjects {
  readonly services: readonly string[];
  readonly sources: readonly string[];
  readonly queues: readonly string[];
  readonly rows: readonly string[];
  readonly edges: readonly string[];
  /** The share of each class of criticality in a source, by the number of the class. */
  readonly classesOf: (source: string) => readonly number[];
  /** The index of an edge by its name, or -1. */
  readonly edgeIndex: (name: string) => number;
}

type Window = Objective['window'];

interface Statement {
  readonly subject: Subject;
  readonly measure: Measure;
  readonly comparison: string | undefined;
  readonly value: string | undefined;
  readonly window: Window;
}

const comparisons = ['<', '<=', '>', '>='] as const;
const right =
  'write, for example: web p99 < 500ms, web -> payments attempts < 1.2, recovers within 30s';

/**
 * Reads `web p99 < 500ms`, `web -> payments attempts < 1.2 from 60s to 90s`, or `recovers within
 * 30s`.
 *
 * @throws Unreadable
 */
export function parseObjective(text: string, subjects: Subjects): Objective {
  const recovers = /^recovers\s+within\s+(\S+)$/.exec(text.trim());
  if (recovers) {
    return {
      text,
      subject: { kind: 'system' },
      measure: { kind: 'recovery' },
      comparison: '<=',
      required: parseValue(recovers[1]!, { kind: 'recovery' }),
      window: undefined,
    };
  }
  const statement = parseStatement(text, subjects);
  const comparison = comparisons.find((it) => it === statement.comparison);
  if (comparison === undefined || statement.value === undefined) {
    throw new Unreadable('no comparison in the objective', right);
  }
  return {
    text,
    subject: statement.subject,
    measure: statement.measure,
    comparison,
    required: parseValue(statement.value, statement.measure),
    window: statement.window,
  };
}

/** What an entry under `expectations` says, beside its `that`. */
export interface ExpectationFrame {
  readonly scenario: string | undefined;
  readonly environment: string | undefined;
  readonly within: string | undefined;
  readonly between: readonly [string, string] | undefined;
  readonly standardError: string | undefined;
  readonly source: string;
}

/**
 * Reads `desk wait mean = 4s` with `within`, or `desk p99` with `between`.
 *
 * @throws Unreadable
 */
export function parseExpectation(
  text: string,
  frame: ExpectationFrame,
  subjects: Subjects,
): Expectation {
  const statement = parseStatement(text, subjects);
  const { subject, measure, window } = statement;
  const { scenario, environment, source } = frame;
  return {
    text,
    scenario,
    environment,
    subject,
    measure,
    window,
    expected: parseExpected(statement, frame),
    source,
  };
}

function parseExpected(statement: Statement, frame: ExpectationFrame): Expectation['expected'] {
  const { measure, comparison, value } = statement;
  if (frame.between !== undefined) {
    if (comparison !== undefined || frame.within !== undefined) {
      throw new Unreadable('a value and a range', 'write "=" and within, or between');
    }
    const [from, to] = frame.between.map((it) => parseValue(it, measure));
    if (from === undefined || to === undefined || from > to) {
      throw new Unreadable('the range ends before it begins', 'write the smaller value first');
    }
    return { kind: 'range', from, to };
  }
  if (comparison !== '=' || value === undefined || frame.within === undefined) {
    const example = 'that: desk wait mean = 4s, within: 3 standard errors';
    throw new Unreadable('nothing to compare with', `write, for example, ${example}`);
  }
  const tolerance = parseTolerance(frame.within, frame.standardError, measure);
  return { kind: 'value', value: parseValue(value, measure), tolerance };
}

function parseTolerance(within: string, error: string | undefined, measure: Measure): Tolerance {
  const own = error === undefined ? 0 : parseValue(error, measure);
  const share = parseUnit(shareUnit, within);
  if (share === undefined)
    return { kind: 'standard-errors', count: Number.parseFloat(within), own };
  if (error === undefined) return { kind: 'share', share };
  throw new Unreadable(
    'a share does not look at the standard error',
    'write within: 3 standard errors, or leave standardError out',
  );
}

function parseStatement(text: string, subjects: Subjects): Statement {
  // The comparison may stand without blanks around it; the arrow of an edge is none.
  const spaced = text.replace(/(?<!-)(<=|>=|<|>|=)/g, ' $1 ').replace(/->/g, ' -> ');
  const words = spaced.trim().split(/\s+/);
  const window = takeWindow(words);
  const at = words.findIndex((it) => /^(<=|>=|<|>|=)$/.test(it));
  const left = at === -1 ? words : words.slice(0, at);
  const value = at === -1 ? [] : words.slice(at + 1);
  if (value.length > 1) throw new Unreadable(`too many words: "${value.join(' ')}"`, right);
  const subject = takeSubject(left, subjects);
  const measure = parseMeasure(left);
  if (!hasMeasure(subject, measure)) {
    const who = whoHas(measure);
    throw new Unreadable(
      `only ${who} have "${left.join(' ')}"`,
      `name one of the ${who} before it`,
    );
  }
  if ('criticality' in measure) checkClass(subject, measure.criticality, subjects);
  return { subject, measure, comparison: words[at], value: value[0], window };
}

/** Calls are counted by class where their source has more than one. */
function checkClass(subject: Subject, criticality: Criticality, subjects: Subjects): void {
  const name = criticalityNames[criticality];
  if (subject.kind !== 'source') {
    throw new Unreadable(`only sources have "${name}"`, 'name a source of traffic before it');
  }
  const source = subjects.sources[subject.index]!;
  const shares = subjects.classesOf(source);
  if (shares[criticality]! > 0 && shares[criticality]! < 1) return;
  const hint = `write criticality: { ${name}: 10%, ... } for ${source}`;
  throw new Unreadable(`${source} has no tasks of class ${name} beside others`, hint);
}

function takeWindow(words: string[]): Window {
  const at = words.indexOf('from');
  if (at <= 0) return undefined;
  const [, fromText, to, toText, ...more] = words.splice(at);
  const fromMs = parseUnit(durationUnit, fromText ?? '');
  const toMs = parseUnit(durationUnit, toText ?? '');
  const isRead = fromMs !== undefined && toMs !== undefined && to === 'to' && more.length === 0;
  if (!isRead || fromMs < 0 || fromMs >= toMs) {
    throw new Unreadable('not a part of the run', 'write, for example: from 60s to 90s');
  }
  return { fromMs, toMs };
}

/** Takes the subject off the front of the words. */
function takeSubject(words: string[], subjects: Subjects): Subject {
  const isEdge = words[1] === '->';
  const name = words.splice(0, isEdge ? 3 : 1).join(' ');
  if (name === '') throw new Unreadable('an empty statement', right);
  if (isEdge) {
    const index = subjects.edgeIndex(name);
    if (index !== -1) return { kind: 'edge', index };
    throw new Unreadable(`unknown edge "${name}"`, didYouMean(name, subjects.edges));
  }
  const service = subjects.services.indexOf(name);
  if (service !== -1) return { kind: 'service', index: service };
  const source = subjects.sources.indexOf(name);
  if (source !== -1) return { kind: 'source', index: source };
  const queue = subjects.queues.indexOf(name);
  if (queue !== -1) return { kind: 'queue', index: queue };
  const rows = subjects.rows.indexOf(name);
  if (rows !== -1) return { kind: 'rows', index: rows };
  const { services, sources } = subjects;
  const known = [...services, ...sources, ...subjects.queues, ...subjects.rows];
  throw new Unreadable(`unknown service or source "${name}"`, didYouMean(name, known) ?? right);
}

function parseValue(text: string, measure: Measure): number {
  const unit = unitOf(measure);
  const value = parseIn(unit, text);
  if (value !== undefined && value >= 0) return value;
  const examples = { duration: '500ms', share: '99.9%', rate: '300/s', number: '1.2' };
  const names = { duration: 'a duration', share: 'a share', rate: 'a rate', number: 'a number' };
  throw new Unreadable(`"${text}" is not ${names[unit]}`, `write, for example, ${examples[unit]}`);
}

function parseIn(unit: 'duration' | 'share' | 'rate' | 'number', text: string) {
  if (unit === 'duration') return parseUnit(durationUnit, text);
  if (unit === 'share') return parseUnit(shareUnit, text);
  if (unit === 'rate') return parseUnit(rateUnit, text);
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
