import { describe, expect, it } from 'vitest';

import { formatProblems, ModelError } from '../../model/problem.ts';
import { Source } from '../../model/source/source.ts';
import { ignoresAt } from './comment.ts';
import { isDay } from './day.ts';
import { readIgnores } from './ignore-file.ts';

function problemsOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelError) return formatProblems(error);
    throw error;
  }
  return '';
}

describe('seaworthy-ignore.yaml', () => {
  it('says what is ignored, why, and until when', () => {
    const text =
      '- rule: RT05\n  subject: web -> *\n  reason: the mesh goes in May\n  until: 2027-05-31\n' +
      '- { rule: PQ01, file: k8s/*, reason: "known: yes", until: 2027-01-01 }\n';
    const ignores = readIgnores(new Source('seaworthy-ignore.yaml', text));
    expect(ignores.map(({ at, ...rest }) => ({ ...rest, line: at.line }))).toEqual([
      {
        rule: 'RT05',
        subject: 'web -> *',
        file: undefined,
        reason: 'the mesh goes in May',
        until: '2027-05-31',
        line: 1,
      },
      {
        rule: 'PQ01',
        subject: undefined,
        file: 'k8s/*',
        reason: 'known: yes',
        until: '2027-01-01',
        line: 5,
      },
    ]);
  });

  it('may be empty', () => {
    expect(readIgnores(new Source('seaworthy-ignore.yaml', '\n'))).toEqual([]);
  });

  it('has a place for each mistake', () => {
    const text =
      '- { rule: RT05, resaon: why, until: soon }\n- RT05\n- { rule: [], reason: "", until: 2027-02-29 }\n';
    const source = new Source('seaworthy-ignore.yaml', text);
    expect(problemsOf(() => readIgnores(source))).toMatchInlineSnapshot(`
      "seaworthy-ignore.yaml:1:3  [0]  the key "reason" is missing
          1 | - { rule: RT05, resaon: why, until: soon }
            |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      seaworthy-ignore.yaml:1:17  [0].resaon  unknown key
          1 | - { rule: RT05, resaon: why, until: soon }
            |                 ^^^^^^
      did you mean "reason"?

      seaworthy-ignore.yaml:1:37  until  not a day
          1 | - { rule: RT05, resaon: why, until: soon }
            |                                     ^^^^
      write a day such as 2027-03-31

      seaworthy-ignore.yaml:2:3  [1]  not a map
          2 | - RT05
            |   ^^^^
      write: { rule: RT05, reason: why, until: 2027-03-31 }

      seaworthy-ignore.yaml:3:11  [2].rule  not a text
          3 | - { rule: [], reason: "", until: 2027-02-29 }
            |           ^^

      seaworthy-ignore.yaml:3:23  [2].reason  not a text
          3 | - { rule: [], reason: "", until: 2027-02-29 }
            |                       ^^

      seaworthy-ignore.yaml:3:34  until  not a day
          3 | - { rule: [], reason: "", until: 2027-02-29 }
            |                                  ^^^^^^^^^^
      write a day such as 2027-03-31"
    `);
    expect(problemsOf(() => readIgnores(new Source('x.yaml', 'rule: RT05'))))
      .toMatchInlineSnapshot(`
        "x.yaml:1:1  not a list
            1 | rule: RT05
              | ^^^^^^^^^^
        write - { rule: RT05, reason: why, until: 2027-03-31 }"
      `);
  });
});

describe('a comment', () => {
  const place = (line: number) => ({ kind: 'file' as const, file: 'a.yaml', line, column: 1 });
  const lines = [
    'a: 1 # seaworthy-ignore RT05 until 2027-03-31: measured, 40 ms at most',
    '// seaworthy-ignore RT05, PQ01 until 2027-03-31: both',
    'b: 2',
    'c: 3',
    '<!-- seaworthy-ignore CA01 until 2027-03-31: xml -->',
  ];
  const source = new Source('a.yaml', lines.join('\n'));
  const rulesAt = (line: number) =>
    ignoresAt(source, place(line)).map(({ rule, reason }) => `${rule} ${reason}`);

  it('stands on the line, or alone on the line above', () => {
    expect(rulesAt(1)).toEqual(['RT05 measured, 40 ms at most']);
    expect(rulesAt(2)).toEqual(['RT05 both', 'PQ01 both']);
    expect(rulesAt(3)).toEqual(['RT05 both', 'PQ01 both']);
    expect(rulesAt(4)).toEqual([]);
    expect(rulesAt(5)).toEqual(['CA01 xml']);
  });

  it('needs a rule, a day and a reason', () => {
    const wrong = (text: string) =>
      problemsOf(() => ignoresAt(new Source('a.env', text), place(1)));
    expect(wrong('# seaworthy-ignore RT05')).toMatchInlineSnapshot(`
      "a.env:1:3  an ignore needs a rule, a last day and a reason
          1 | # seaworthy-ignore RT05
            |   ^^^^^^^^^^^^^^^^
      write: # seaworthy-ignore RT05 until 2027-03-31: why"
    `);
    expect(wrong('# seaworthy-ignore RT05 until 2027-13-01: why')).toMatchInlineSnapshot(`
      "a.env:1:31  not a day
          1 | # seaworthy-ignore RT05 until 2027-13-01: why
            |                               ^^^^^^^^^^
      write: # seaworthy-ignore RT05 until 2027-03-31: why"
    `);
    expect(wrong('# seaworthy-ignore RT05 until 2027-12-01:')).toContain('needs a rule');
  });
});

describe('isDay', () => {
  it.each(['2027-03-31', '2028-02-29', '2000-02-29'])('knows %s', (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    '2027-02-29',
    '2100-02-29',
    '2027-04-31',
    '2027-00-10',
    '2027-13-10',
    '2027-1-1',
    '2027-01-00',
    'x2027-01-01',
  ])('refuses %s', (text) => {
    expect(isDay(text)).toBe(false);
  });
});
