import { describe, expect, it } from 'vitest';

import type { CallEdge, Landscape, Origin } from '../model/import/landscape.ts';
import { check } from './check.ts';
import type { Decision, Evidence } from './finding.ts';
import type { Rule } from './rule.ts';
import { fromSource, withoutLatency } from './testing/edges.ts';

const file: Origin = { kind: 'file', file: 'a.yaml', line: 3, column: 5 };
const measured: Origin = { kind: 'trace', file: 'spans.json', spans: 412 };
const preset: Origin = { kind: 'default', of: 'pg 8.23.0', source: 'https://node-postgres.com' };
const guessed: Origin = { kind: 'guess', why: 'no file says it' };

function evidence(origin: Origin): Evidence {
  return { name: 'timeout', value: 1, unit: 'duration', origin };
}

function suspicion(subject: string, origins: readonly Origin[]): Decision {
  const numbers = origins.map(evidence);
  return { kind: 'finding', subject, what: 'wrong', numbers, passes: '2 ms', at: undefined };
}

function ruleOf(id: string, decisions: readonly Decision[]): Rule {
  const text = { name: id, formula: '', why: '', sources: [], remedy: '', needs: [] };
  return { ...text, id, severity: 'high', decide: () => decisions };
}

// No rule here looks at it.
const anything: Landscape = fromSource({});

const shared: CallEdge['found'] = { value: 'shared', origin: file };

describe('check', () => {
  it.each([
    ['of files', [file], 'declared', 'high'],
    ['of traces', [file, measured], 'measured', 'high'],
    ['of a default', [file, preset, measured], 'defaulted', 'medium'],
    ['of a guess', [guessed, preset], 'guessed', 'medium'],
    ['of nothing but what is absent', [], 'declared', 'high'],
  ] as const)('weighs a finding by its weakest origin: %s', (_, origins, confidence, severity) => {
    const { findings } = check(anything, [ruleOf('XX01', [suspicion('a', origins)])]);
    expect(findings).toMatchObject([{ rule: 'XX01', confidence, severity }]);
  });

  it('does not weigh what only helps to understand', () => {
    const context = { ...evidence(preset), isContext: true };
    const decision = { ...suspicion('a', []), numbers: [evidence(file), context] } as Decision;
    const { findings } = check(anything, [ruleOf('XX01', [decision])]);
    expect(findings).toMatchObject([{ confidence: 'declared', severity: 'high' }]);
  });

  it('is no surer of a call than that there is one', () => {
    const rule = ruleOf('XX01', [suspicion('web -> payments', [file])]);
    const decided = (edge: Partial<CallEdge>) => check(fromSource({}, edge), [rule]).findings[0];
    expect(decided({})).toMatchObject({ confidence: 'declared', severity: 'high' });
    expect(decided({ found: shared })).toMatchObject({ confidence: 'guessed', severity: 'medium' });
    expect(decided({ found: shared })!.numbers.at(-1)!.name).toBe('address of payments');
    expect(decided({ found: shared, ...withoutLatency })!.confidence).toBe('declared');
    expect(decided({ found: shared, to: 'mail' })!.confidence).toBe('declared');
  });

  it('tells of one fault once, whatever runs from there', () => {
    const at = (line: number) => ({ kind: 'file' as const, file: 'Dockerfile', line, column: 1 });
    const one = (line: number) => ({ ...suspicion('web', [file]), at: at(line) }) as Decision;
    const { findings } = check(anything, [ruleOf('XX01', [one(3), one(3), one(4)])]);
    expect(findings.map(({ id }) => id)).toEqual(['XX01 web', 'XX01 web 2']);
  });

  it('puts the worst first, then goes by place, rule and subject', () => {
    const at = (line: number) => ({ kind: 'file' as const, file: 'a.yaml', line, column: 1 });
    const one = (subject: string, line: number) =>
      ({ ...suspicion(subject, [file]), at: at(line) }) as Decision;
    const critical = { ...suspicion('d', [file]), severity: 'critical' } as Decision;
    const { findings } = check(anything, [
      ruleOf('XX02', [one('b', 9), one('c', 2), one('a', 9)]),
      ruleOf('XX01', [one('z', 9), critical]),
    ]);
    expect(findings.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      'XX01 d',
      'XX02 c',
      'XX01 z',
      'XX02 a',
      'XX02 b',
    ]);
  });

  it('keeps what could not be decided apart', () => {
    const lack: Decision = { kind: 'lacks', subject: 'a', input: 'the rate of a' };
    const { findings, undecided } = check(anything, [ruleOf('XX01', [lack])]);
    expect(findings).toEqual([]);
    expect(undecided).toEqual([{ ...lack, rule: 'XX01' }]);
  });
});
