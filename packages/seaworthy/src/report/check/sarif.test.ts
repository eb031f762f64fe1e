import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { default as ajv } from 'ajv-draft-04';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';

import { printSarif } from './sarif.ts';
import { exampleReport } from './testing/example-report.ts';

const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
// The package is CommonJS: its class is the default of its default.
const Ajv = ajv.default;
const options = { strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false };
const validate = new Ajv(options).compile(schema);

function printed(report = exampleReport): Log {
  return JSON.parse(printSarif(report)) as Log;
}

describe('printSarif', () => {
  it('is valid by the schema of SARIF 2.1.0', () => {
    validate(printed());
    expect(validate.errors).toBe(null);
  });

  it('is held by a schema that can refuse', () => {
    const { runs, ...log } = printed();
    validate({ ...log, runs: runs.map((run) => ({ ...run, results: [{ level: 'bad' }] })) });
    expect(validate.errors).not.toBe(null);
  });

  it('has each finding with its place, level and fingerprint', () => {
    const [run] = printed().runs;
    expect(run?.results?.[0]).toMatchInlineSnapshot(`
      {
        "level": "error",
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "k8s/pages%2C%20100%25.yaml",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 7,
                "startLine": 14,
              },
            },
          },
        ],
        "message": {
          "text": "productpage -> reviews: productpage waits 3 s of up to 10 s
      - timeout of productpage: 3 s (k8s/pages, 100%.yaml:14)
      - longest work of reviews: 10 s (src/reviews.ts:3)
      Passes with a timeout of more than 10 s.",
        },
        "partialFingerprints": {
          "seaworthy/v1": "RT05 productpage -> reviews",
        },
        "properties": {
          "confidence": "declared",
          "severity": "high",
          "subject": "productpage -> reviews",
        },
        "relatedLocations": [
          {
            "id": 1,
            "message": {
              "text": "timeout of productpage: 3 s",
            },
            "physicalLocation": {
              "artifactLocation": {
                "uri": "k8s/pages%2C%20100%25.yaml",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 7,
                "startLine": 14,
              },
            },
          },
          {
            "id": 2,
            "message": {
              "text": "longest work of reviews: 10 s",
            },
            "physicalLocation": {
              "artifactLocation": {
                "uri": "src/reviews.ts",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startColumn": 1,
                "startLine": 3,
              },
            },
          },
        ],
        "ruleId": "RT05",
        "ruleIndex": 0,
      }
    `);
  });

  it('has no place where there is none, and no number from where there is no file', () => {
    const result = printed().runs[0]?.results?.[1];
    expect(result?.locations).toBe(undefined);
    expect(result?.relatedLocations?.map(({ message }) => message?.text)).toEqual([
      'heap: 512 MiB',
      'conditions: 5xx, reset',
    ]);
  });

  it('suppresses what was set aside, and says why', () => {
    const results = printed().runs[0]?.results ?? [];
    expect(results.slice(2).map(({ suppressions }) => suppressions)).toEqual([
      [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'the mesh is replaced in "May" (until 2027-05-31)',
        },
      ],
      [{ kind: 'external', status: 'accepted', justification: 'in the baseline' }],
    ]);
  });

  it('tells the rules, and what was not understood', () => {
    const [run] = printed().runs;
    expect(run?.tool.driver.rules?.map(({ id, name }) => `${id} ${name}`)).toContain(
      'PQ05 EndlessWaitForAConnection',
    );
    expect(
      run?.invocations?.[0]?.toolExecutionNotifications?.map((each) => each.message.text),
    ).toEqual(['not understood: a map that does not end']);
  });
});
