import { describe, expect, it } from 'vitest';

import { widthOf } from '../width.ts';
import { exampleReport } from './testing/example-report.ts';
import { printCheckText } from './text.ts';

describe('printCheckText', () => {
  it('prints what was found as a compiler does, what was not decided, and the counts', () => {
    const text = printCheckText(exampleReport, { colour: false, all: false });
    expect(text).toMatchInlineSnapshot(`
      "k8s/pages, 100%.yaml:14:7  high  RT05 timeout inversion
        productpage -> reviews: productpage waits 3 s of up to 10 s
        The caller has given up before the callee can answer, so the callee works for
        nobody, and every retry of the caller adds to that work.
        timeout of productpage   3 s   k8s/pages, 100%.yaml:14
        longest work of reviews  10 s  src/reviews.ts:3
        passes     a timeout of more than 10 s
        more       seaworthy explain RT05

      medium, guessed  RT05 timeout inversion
        reviews -> ratings: ratings <v1 & v2> work for 4 s
        timeout that the mesh has for every other route  2.5 s
          default of Istio 1.22.0
        p99 of ratings  4 s         guess: no file says how long ratings work
        calls           12.5/s      trace traces/calm.json, 4,120 spans
        retries         no limit    default of Istio 1.22.0
        heap            512 MiB     compose.yaml:8
        errors          1.2 %       trace traces/calm.json, 4,120 spans
        conditions      5xx, reset  compose.yaml:9
        passes     a timeout of more than 4 s

      SET ASIDE
        seaworthy-ignore.yaml:7:3: nothing is ignored by RT01 any more: take it out

      NOT DECIDED
        RT09, PQ01 without the peak rate of a -> b
        RT09 without the peak rate of c
        RT09 without the peak rate of d
        RT09 without the peak rate of e
        RT09 without the peak rate of f
        and 1 more with --all

      NOT UNDERSTOOD
        k8s/broken.yaml:3:9  a map that does not end

      read       2 Kubernetes, 1 compose

      FAIL  2 findings: 1 high, 1 medium; 2 set aside; 3 files read
      policies   9f2c41d07be35a68
      again      $ seaworthy check . --fail-on high
      "
    `);
  });

  it('prints all of it with --all', () => {
    const text = printCheckText(exampleReport, { colour: false, all: true });
    expect(text).toContain('RT09 without the peak rate of g');
    expect(text).toContain('RT12 productpage -> reviews: the mesh is replaced in "May", until');
  });

  it('keeps titles to the page, however a rule is called', () => {
    const rules = exampleReport.rules.map((rule) => ({
      ...rule,
      name: 'a name of many words, '.repeat(5),
    }));
    const text = printCheckText({ ...exampleReport, rules }, { colour: false, all: false });
    expect(text).toContain('a name of many words, a name of many words');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('names where else a rule finds the same, and prints those whole with --all', () => {
    const [first] = exampleReport.assessment.findings;
    const findings = Array.from({ length: 15 }, (_, index) => ({
      ...first!,
      subject: `caller ${index} -> reviews`,
      numbers: [
        { ...first!.numbers[0]!, value: `sh -c ${'work; '.repeat(50)}`, unit: 'text' as const },
      ],
      at: { ...first!.at!, file: index === 7 ? `${'deep/'.repeat(13)}web.yaml` : 'web.yaml' },
    }));
    const report = { ...exampleReport, assessment: { ...exampleReport.assessment, findings } };
    const text = printCheckText(report, { colour: false, all: false });
    const [whole, ...rest] = text.split(/^.*: 12 more, whole with --all$/m);
    expect(whole!.match(/RT05 timeout inversion/g)).toHaveLength(3);
    expect(whole).toContain('work; wo…');
    expect(rest.join('').split('\n\n')[0]).toMatchInlineSnapshot(`
      "
        web.yaml:14:7  caller 3 -> reviews
        web.yaml:14:7  caller 4 -> reviews
        web.yaml:14:7  caller 5 -> reviews
        web.yaml:14:7  caller 6 -> reviews
        deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/deep/web.yaml:14:7
          caller 7 -> reviews
        web.yaml:14:7  caller 8 -> reviews
        web.yaml:14:7  caller 9 -> reviews
        web.yaml:14:7  caller 10 -> reviews
        web.yaml:14:7  caller 11 -> reviews
        web.yaml:14:7  caller 12 -> reviews
        and 2 more"
    `);
    const all = printCheckText(report, { colour: false, all: true });
    expect(all.match(/RT05 timeout inversion/g)).toHaveLength(15);
    expect(all).not.toContain('…');
    const critical = {
      ...report.assessment,
      findings: findings.map((each) => ({ ...each, severity: 'critical' as const })),
    };
    expect(
      printCheckText({ ...report, assessment: critical }, { colour: false, all: false }),
    ).not.toContain(' more, ');
  });

  it('prints nothing but the end where all is well', () => {
    const { assessment, ...rest } = exampleReport;
    const report = {
      ...rest,
      assessment: { ...assessment, findings: [], setAside: [], notes: [] },
      undecided: [],
      notUnderstood: [],
    };
    expect(printCheckText(report, { colour: false, all: false })).toMatchInlineSnapshot(`
      "read       2 Kubernetes, 1 compose

      PASS  no findings; 3 files read
      policies   9f2c41d07be35a68
      again      $ seaworthy check . --fail-on high
      "
    `);
  });

  it('keeps to the page', () => {
    for (const all of [false, true]) {
      const text = printCheckText(exampleReport, { colour: false, all });
      expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
    }
  });

  it('cannot be made to drive the terminal by what a file has in it', () => {
    const [finding] = exampleReport.assessment.findings;
    const findings = [{ ...finding!, subject: 'a\u001B[2J', what: 'b\u0007\nc\u009B' }];
    const assessment = { findings, setAside: [], notes: ['d\u202E'] };
    const text = printCheckText({ ...exampleReport, assessment }, { colour: false, all: true });
    expect(text).toContain('a?[2J: b? c?');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  });

  it('says the same with colours', () => {
    const plain = printCheckText(exampleReport, { colour: false, all: true });
    const painted = printCheckText(exampleReport, { colour: true, all: true });
    expect(painted).not.toBe(plain);
    // oxlint-disable-next-line no-control-regex
    expect(painted.replaceAll(/\u001B\[\d+m/g, '')).toBe(plain);
  });
});
