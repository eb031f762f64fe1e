import { describe, expect, it } from 'vitest';

import { printCheckJson } from './json.ts';
import { exampleReport } from './testing/example-report.ts';

describe('printCheckJson', () => {
  it('has every key, in this order', () => {
    const [finding] = exampleReport.assessment.findings;
    const report = {
      ...exampleReport,
      undecided: exampleReport.undecided.slice(0, 1),
      assessment: { ...exampleReport.assessment, findings: [finding!] },
    };
    expect(printCheckJson(report)).toMatchInlineSnapshot(`
      "{
        "schema": 1,
        "outcome": "fail",
        "checked": ".",
        "environment": null,
        "against": null,
        "failOn": "high",
        "policies": "9f2c41d07be35a6896f3c1d2e4b5a60718293a4b5c6d7e8f9a0b1c2d3e4f5061",
        "command": "seaworthy check . --fail-on high",
        "findings": [
          {
            "id": "RT05 productpage -> reviews",
            "rule": "RT05",
            "name": "timeout inversion",
            "severity": "high",
            "confidence": "declared",
            "evidence": "suspected",
            "fails": true,
            "subject": "productpage -> reviews",
            "what": "productpage waits 3 s of up to 10 s",
            "passes": "a timeout of more than 10 s",
            "proposed": null,
            "demonstration": null,
            "place": "k8s/pages, 100%.yaml:14:7",
            "at": {
              "file": "k8s/pages, 100%.yaml",
              "line": 14,
              "column": 7
            },
            "numbers": [
              {
                "name": "timeout of productpage",
                "value": 3000,
                "unit": "duration",
                "origin": {
                  "kind": "file",
                  "file": "k8s/pages, 100%.yaml",
                  "line": 14,
                  "column": 7
                }
              },
              {
                "name": "longest work of reviews",
                "value": 10000,
                "unit": "duration",
                "origin": {
                  "kind": "file",
                  "file": "src/reviews.ts",
                  "line": 3,
                  "column": 1
                }
              }
            ]
          }
        ],
        "setAside": [
          {
            "by": "ignore",
            "reason": "the mesh is replaced in \\"May\\"",
            "until": "2027-05-31",
            "finding": {
              "id": "RT12 productpage -> reviews",
              "rule": "RT12",
              "name": "no back-off",
              "severity": "medium",
              "confidence": "declared",
              "evidence": "suspected",
              "fails": false,
              "subject": "productpage -> reviews",
              "what": "retries follow each other at once",
              "passes": "a first delay of 25 ms",
              "proposed": null,
              "demonstration": null,
              "place": "k8s/pages, 100%.yaml:14:7",
              "at": {
                "file": "k8s/pages, 100%.yaml",
                "line": 14,
                "column": 7
              },
              "numbers": [
                {
                  "name": "timeout of productpage",
                  "value": 3000,
                  "unit": "duration",
                  "origin": {
                    "kind": "file",
                    "file": "k8s/pages, 100%.yaml",
                    "line": 14,
                    "column": 7
                  }
                },
                {
                  "name": "longest work of reviews",
                  "value": 10000,
                  "unit": "duration",
                  "origin": {
                    "kind": "file",
                    "file": "src/reviews.ts",
                    "line": 3,
                    "column": 1
                  }
                }
              ]
            }
          },
          {
            "by": "baseline",
            "reason": null,
            "until": null,
            "finding": {
              "id": "RT12 reviews -> ratings",
              "rule": "RT12",
              "name": "no back-off",
              "severity": "medium",
              "confidence": "declared",
              "evidence": "suspected",
              "fails": false,
              "subject": "productpage -> reviews",
              "what": "retries follow each other at once",
              "passes": "a first delay of 25 ms",
              "proposed": null,
              "demonstration": null,
              "place": "k8s/pages, 100%.yaml:14:7",
              "at": {
                "file": "k8s/pages, 100%.yaml",
                "line": 14,
                "column": 7
              },
              "numbers": [
                {
                  "name": "timeout of productpage",
                  "value": 3000,
                  "unit": "duration",
                  "origin": {
                    "kind": "file",
                    "file": "k8s/pages, 100%.yaml",
                    "line": 14,
                    "column": 7
                  }
                },
                {
                  "name": "longest work of reviews",
                  "value": 10000,
                  "unit": "duration",
                  "origin": {
                    "kind": "file",
                    "file": "src/reviews.ts",
                    "line": 3,
                    "column": 1
                  }
                }
              ]
            }
          }
        ],
        "notes": [
          "seaworthy-ignore.yaml:7:3: nothing is ignored by RT01 any more: take it out"
        ],
        "undecided": [
          {
            "rule": "RT09",
            "subject": "a -> b",
            "input": "the peak rate of a -> b"
          }
        ],
        "read": [
          {
            "file": "k8s/pages, 100%.yaml",
            "as": "Kubernetes"
          },
          {
            "file": "k8s/reviews.yaml",
            "as": "Kubernetes"
          },
          {
            "file": "compose.yaml",
            "as": "compose"
          }
        ],
        "notUnderstood": [
          {
            "file": "k8s/broken.yaml",
            "line": 3,
            "column": 9,
            "why": "a map that does not end"
          }
        ]
      }
      "
    `);
  });

  it('has a word for what has no end, and null for what is not known', () => {
    const { findings } = JSON.parse(printCheckJson(exampleReport)) as {
      findings: { at: unknown; numbers: { value: unknown }[] }[];
    };
    expect(findings[1]?.at).toBe(null);
    expect(findings[1]?.numbers[3]?.value).toBe('unlimited');
  });

  it('fails from the severity on that was asked for', () => {
    const outcome = (failOn: 'critical' | 'high' | 'never') => {
      return (JSON.parse(printCheckJson({ ...exampleReport, failOn })) as { outcome: string })
        .outcome;
    };
    expect([outcome('high'), outcome('critical'), outcome('never')]).toEqual([
      'fail',
      'pass',
      'pass',
    ]);
  });
});
