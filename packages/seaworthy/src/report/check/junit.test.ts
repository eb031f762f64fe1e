import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import { printJUnit } from './junit.ts';
import { exampleReport } from './testing/example-report.ts';

const schema = {
  fileName: 'junit.xsd',
  contents: readFileSync(new URL('testing/junit.xsd', import.meta.url), 'utf8'),
};

async function problemsOf(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: xml },
    schema,
  });
  return errors.map(({ message }) => message);
}

describe('printJUnit', () => {
  it('is valid by the schema that build servers hold it to', async () => {
    expect(await problemsOf(printJUnit(exampleReport))).toEqual([]);
  });

  it('is held by a schema that can refuse', async () => {
    const wrong = printJUnit(exampleReport).replace('<testcase classname', '<testcase class');
    expect(await problemsOf(wrong)).not.toEqual([]);
  });

  it('has a case for each finding, and one for each rule that found nothing', () => {
    expect(printJUnit(exampleReport).replaceAll('><', '>\n<')).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="seaworthy" tests="12" failures="1" errors="0">
        <testsuite name="seaworthy check" tests="12" failures="1" errors="0" skipped="9">
          <testcase classname="RT05 timeout inversion" name="productpage -&gt; reviews" time="0">
            <failure message="productpage waits 3 s of up to 10 s">k8s/pages, 100%.yaml:14:7
      high: productpage waits 3 s of up to 10 s
      timeout of productpage: 3 s (k8s/pages, 100%.yaml:14)
      longest work of reviews: 10 s (src/reviews.ts:3)
      passes with a timeout of more than 10 s</failure>
          </testcase>
          <testcase classname="RT05 timeout inversion" name="reviews -&gt; ratings" time="0">
            <system-out>medium: ratings &lt;v1 &amp; v2&gt; work for 4 s
      timeout that the mesh has for every other route: 2.5 s (default of Istio 1.22.0)
      p99 of ratings: 4 s (guess: no file says how long ratings work)
      calls: 12.5/s (trace traces/calm.json, 4,120 spans)
      retries: no limit (default of Istio 1.22.0)
      heap: 512 MiB (compose.yaml:8)
      errors: 1.2 % (trace traces/calm.json, 4,120 spans)
      conditions: 5xx, reset (compose.yaml:9)
      passes with a timeout of more than 4 s</system-out>
          </testcase>
          <testcase classname="RT12 no back-off" name="productpage -&gt; reviews" time="0">
            <skipped message="ignored until 2027-05-31: the mesh is replaced in &quot;May&quot;">k8s/pages, 100%.yaml:14:7
      medium: retries follow each other at once
      timeout of productpage: 3 s (k8s/pages, 100%.yaml:14)
      longest work of reviews: 10 s (src/reviews.ts:3)
      passes with a first delay of 25 ms</skipped>
          </testcase>
          <testcase classname="RT12 no back-off" name="reviews -&gt; ratings" time="0">
            <skipped message="in the baseline">k8s/pages, 100%.yaml:14:7
      medium: retries follow each other at once
      timeout of productpage: 3 s (k8s/pages, 100%.yaml:14)
      longest work of reviews: 10 s (src/reviews.ts:3)
      passes with a first delay of 25 ms</skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="a -&gt; b" time="0">
            <skipped message="cannot be decided without the peak rate of a -&gt; b">
      </skipped>
          </testcase>
          <testcase classname="PQ01 endless wait for a connection" name="a -&gt; b" time="0">
            <skipped message="cannot be decided without the peak rate of a -&gt; b">
      </skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="c" time="0">
            <skipped message="cannot be decided without the peak rate of c">
      </skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="d" time="0">
            <skipped message="cannot be decided without the peak rate of d">
      </skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="e" time="0">
            <skipped message="cannot be decided without the peak rate of e">
      </skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="f" time="0">
            <skipped message="cannot be decided without the peak rate of f">
      </skipped>
          </testcase>
          <testcase classname="RT09 endless wait for a connection" name="g" time="0">
            <skipped message="cannot be decided without the peak rate of g">
      </skipped>
          </testcase>
          <testcase classname="PQ05 endless wait for a connection" name="nothing found" time="0"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  it('fails as the check does', () => {
    const failures = (failOn: 'medium' | 'never') => {
      return /failures="(\d+)"/.exec(printJUnit({ ...exampleReport, failOn }))?.[1];
    };
    expect([failures('medium'), failures('never')]).toEqual(['2', '0']);
  });

  it('can be read whatever files have in them', async () => {
    const [finding] = exampleReport.assessment.findings;
    const hostile = `\u0000\u001B[31m \uD800 ]]> <!-- & "'\n\t\u{1F6A2} \uFFFE`;
    const findings = [{ ...finding!, id: `RT05 ${hostile}`, what: hostile }];
    const assessment = { findings, setAside: [], notes: [] };
    expect(await problemsOf(printJUnit({ ...exampleReport, assessment }))).toEqual([]);
  });
});
