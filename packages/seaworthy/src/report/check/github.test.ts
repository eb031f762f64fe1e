import { describe, expect, it } from 'vitest';

import { printGitHub } from './github.ts';
import { exampleReport } from './testing/example-report.ts';

describe('printGitHub', () => {
  it('prints a command for each finding, with what would end it written as codes', () => {
    // A line for each line that the runner shows.
    const text = printGitHub(exampleReport).replaceAll('%0A', '%0A\n  ').replaceAll('::', '::\n  ');
    expect(text).toMatchInlineSnapshot(`
      "::
        error file=k8s/pages%2C 100%25.yaml,line=14,col=7,title=RT05 timeout inversion::
        productpage -> reviews: productpage waits 3 s of up to 10 s%0A
        timeout of productpage: 3 s (k8s/pages, 100%25.yaml:14)%0A
        longest work of reviews: 10 s (src/reviews.ts:3)%0A
        Passes with a timeout of more than 10 s.
      ::
        warning title=RT05 timeout inversion::
        reviews -> ratings: ratings <v1 & v2> work for 4 s%0A
        timeout that the mesh has for every other route: 2.5 s (default of Istio 1.22.0)%0A
        p99 of ratings: 4 s (guess: no file says how long ratings work)%0A
        calls: 12.5/s (trace traces/calm.json, 4,120 spans)%0A
        retries: no limit (default of Istio 1.22.0)%0A
        heap: 512 MiB (compose.yaml:8)%0A
        errors: 1.2 %25 (trace traces/calm.json, 4,120 spans)%0A
        conditions: 5xx, reset (compose.yaml:9)%0A
        Passes with a timeout of more than 4 s.
      2 findings: 1 high, 1 medium; 2 set aside; 3 files read
      "
    `);
  });

  it('stays one command a line, whatever a file has in it', () => {
    const [finding] = exampleReport.assessment.findings;
    const findings = [
      { ...finding!, subject: 'a\n::error::b', what: '100%\r\n::stop-commands::x' },
    ];
    const assessment = { findings, setAside: [], notes: [] };
    const lines = printGitHub({ ...exampleReport, assessment })
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('a%0A::error::b: 100%25%0D%0A::stop-commands::x');
  });
});
