import { describe, expect, it } from 'vitest';

import type { FileOrigin } from '../../model/import/landscape.ts';
import type { Finding } from '../finding.ts';
import type { Severity } from '../severity.ts';
import { assess, type Said } from './assess.ts';
import { readBaseline, writeBaseline } from './baseline.ts';
import type { Ignore } from './ignore.ts';

const at: FileOrigin = { kind: 'file', file: 'k8s/web.yaml', line: 3, column: 5 };

function found(id: string, severity: Severity = 'high'): Finding {
  const [rule = '', ...subject] = id.split(' ');
  const rest = { confidence: 'declared', what: 'wrong', numbers: [], passes: '1', at } as const;
  return { kind: 'finding', id, rule, subject: subject.join(' '), severity, ...rest };
}

function ignore(rule: string, rest: Partial<Ignore> = {}): Ignore {
  const until = '2026-11-21';
  return { rule, subject: undefined, file: undefined, reason: 'known', until, at, ...rest };
}

function said(rest: Partial<Said>): Said {
  return { ignores: [], ignoresAt: () => [], baseline: undefined, today: '2026-11-21', ...rest };
}

function outcome(findings: readonly Finding[], words: Partial<Said>) {
  const { findings: counting, setAside, notes } = assess(findings, said(words));
  return {
    counting: counting.map(({ id }) => id),
    aside: setAside.map(({ finding, by, until }) => `${finding.id} ${by} ${until}`),
    notes,
  };
}

describe('assess', () => {
  const findings = [found('RT05 web -> a'), found('RT05 web -> b'), found('PQ01 web')];

  it.each<[string, Partial<Ignore>, number]>([
    ['all of a rule', {}, 2],
    ['one subject', { subject: 'web -> a' }, 1],
    ['a pattern of subjects', { subject: '* -> a' }, 1],
    ['a pattern with nothing between', { subject: 'web -> *a' }, 1],
    ['no part of a subject', { subject: 'web' }, 0],
    ['no overlapping parts', { subject: 'web -> a*a' }, 0],
    ['a file', { file: 'k8s/*.yaml' }, 2],
    ['another file', { file: 'compose/*' }, 0],
  ])('takes out %s', (_, rest, count) => {
    expect(outcome(findings, { ignores: [ignore('RT05', rest)] }).aside).toHaveLength(count);
  });

  it('counts until the last day, and that day too', () => {
    const [one] = findings;
    expect(outcome([one!], { ignores: [ignore('RT05')] }).counting).toEqual([]);
    expect(outcome([one!], { ignores: [ignore('RT05')], today: '2026-11-22' })).toEqual({
      counting: ['RT05 web -> a'],
      aside: [],
      notes: ['k8s/web.yaml:3:5 RT05 web -> a was ignored until 2026-11-21: known'],
    });
  });

  it('hears comments at the place of a finding', () => {
    const ignoresAt = ({ rule }: Finding) => [ignore(rule)];
    expect(outcome(findings, { ignoresAt }).counting).toEqual([]);
  });

  it('says what is ignored for nothing', () => {
    const ignores = [ignore('RT99'), ignore('RT05', { subject: 'x' })];
    expect(outcome(findings, { ignores }).notes).toEqual([
      'k8s/web.yaml:3:5 ignores RT99, which is not found any more',
      'k8s/web.yaml:3:5 ignores RT05 x, which is not found any more',
    ]);
  });

  it('accepts what is in the baseline, and no graver', () => {
    const baseline = readBaseline(
      writeBaseline([found('RT05 web -> a', 'medium'), found('PQ01 web')]),
    );
    expect(outcome(findings, { baseline })).toEqual({
      counting: ['RT05 web -> a', 'RT05 web -> b'],
      aside: ['PQ01 web baseline undefined'],
      notes: ['RT05 web -> a is high, and was medium in the baseline'],
    });
  });

  it('says what of a baseline is gone', () => {
    const baseline = readBaseline(writeBaseline([found('CA01 x'), found('CA02 x')]));
    expect(outcome([], { baseline }).notes).toEqual([
      'the baseline can be written anew: 2 findings of it are not found any more',
    ]);
  });
});

describe('a baseline', () => {
  it('is the same for the same findings, in whatever order', () => {
    const findings = [found('RT05 b'), found('RT05 a'), found('CA01 a', 'low')];
    expect(writeBaseline(findings)).toBe(writeBaseline(findings.toReversed()));
    expect(writeBaseline(findings)).toMatchInlineSnapshot(`
      "{
        "schema": 1,
        "accepted": [
          {
            "id": "CA01 a",
            "severity": "low"
          },
          {
            "id": "RT05 a",
            "severity": "high"
          },
          {
            "id": "RT05 b",
            "severity": "high"
          }
        ]
      }
      "
    `);
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"schema":2,"accepted":[]}',
    '{"schema":1}',
    '{"schema":1,"accepted":[1]}',
    '{"schema":1,"accepted":[{"id":"a","severity":"bad"}]}',
  ])('is not %s', (text) => {
    expect(readBaseline(text)).toBe(undefined);
  });
});
