import type { Finding } from '../../../check/finding.ts';
import type { RuleText } from '../../../check/rule.ts';
import type { FileOrigin, Origin } from '../../../model/import/landscape.ts';
import type { CheckReport } from '../report.ts';

function at(file: string, line: number, column: number): FileOrigin {
  return { kind: 'file', file, line, column };
}

const inversion: RuleText = {
  id: 'RT05',
  name: 'timeout inversion',
  severity: 'high',
  formula: 'timeout of the caller < longest work of the callee',
  why:
    'The caller has given up before the callee can answer, so the callee works for nobody, ' +
    'and every retry of the caller adds to that work.',
  sources: ['https://example.org/timeouts?a=1&b=<2>'],
  remedy: 'Give the caller more time, or the callee less.',
  needs: ['the timeout of the caller'],
};

const backoff: RuleText = {
  ...inversion,
  id: 'RT12',
  name: 'no back-off',
  severity: 'medium',
  why: 'Retries follow each other at once.',
};

const quiet: RuleText = { ...inversion, id: 'PQ05', name: 'endless wait for a connection' };

const preset: Origin = { kind: 'default', of: 'Istio 1.22.0', source: 'https://istio.io' };
const measured: Origin = { kind: 'trace', file: 'traces/calm.json', spans: 4120 };
const guessed: Origin = { kind: 'guess', why: 'no file says how long ratings work' };

const inverted: Finding = {
  kind: 'finding',
  id: 'RT05 productpage -> reviews',
  rule: 'RT05',
  subject: 'productpage -> reviews',
  severity: 'high',
  confidence: 'declared',
  what: 'productpage waits 3 s of up to 10 s',
  numbers: [
    {
      name: 'timeout of productpage',
      value: 3000,
      unit: 'duration',
      origin: at('k8s/pages, 100%.yaml', 14, 7),
    },
    {
      name: 'longest work of reviews',
      value: 10_000,
      unit: 'duration',
      origin: at('src/reviews.ts', 3, 1),
    },
  ],
  passes: 'a timeout of more than 10 s',
  at: at('k8s/pages, 100%.yaml', 14, 7),
};

/** Names are as wide as a page has room for, and one has what XML, URLs and runners must escape. */
const findings: readonly Finding[] = [
  inverted,
  {
    kind: 'finding',
    id: 'RT05 reviews -> ratings',
    rule: 'RT05',
    subject: 'reviews -> ratings',
    severity: 'medium',
    confidence: 'guessed',
    what: 'ratings <v1 & v2> work for 4 s',
    numbers: [
      {
        name: 'timeout that the mesh has for every other route',
        value: 2500,
        unit: 'duration',
        origin: preset,
      },
      { name: 'p99 of ratings', value: 4000, unit: 'duration', origin: guessed },
      { name: 'calls', value: 12.5, unit: 'rate', origin: measured },
      { name: 'retries', value: Infinity, unit: 'count', origin: preset },
      { name: 'heap', value: 536_870_912, unit: 'size', origin: at('compose.yaml', 8, 5) },
      { name: 'errors', value: 0.012, unit: 'share', origin: measured },
      { name: 'conditions', value: '5xx, reset', unit: 'text', origin: at('compose.yaml', 9, 5) },
    ],
    passes: 'a timeout of more than 4 s',
    at: undefined,
  },
];

const lived: Finding = {
  ...inverted,
  id: 'RT12 productpage -> reviews',
  rule: 'RT12',
  severity: 'medium',
  what: 'retries follow each other at once',
  passes: 'a first delay of 25 ms',
};

/** One of everything that a report can have. */
export const exampleReport: CheckReport = {
  checked: '.',
  environment: undefined,
  against: undefined,
  assessment: {
    findings,
    setAside: [
      {
        finding: lived,
        by: 'ignore',
        reason: 'the mesh is replaced in "May"',
        until: '2027-05-31',
      },
      {
        finding: { ...lived, id: 'RT12 reviews -> ratings' },
        by: 'baseline',
        reason: undefined,
        until: undefined,
      },
    ],
    notes: ['seaworthy-ignore.yaml:7:3: nothing is ignored by RT01 any more: take it out'],
  },
  undecided: [
    { kind: 'lacks', rule: 'RT09', subject: 'a -> b', input: 'the peak rate of a -> b' },
    { kind: 'lacks', rule: 'PQ01', subject: 'a -> b', input: 'the peak rate of a -> b' },
    ...['c', 'd', 'e', 'f', 'g'].map((name) => {
      return {
        kind: 'lacks' as const,
        rule: 'RT09',
        subject: name,
        input: `the peak rate of ${name}`,
      };
    }),
  ],
  policies: '9f2c41d07be35a6896f3c1d2e4b5a60718293a4b5c6d7e8f9a0b1c2d3e4f5061',
  rules: [inversion, backoff, quiet, { ...quiet, id: 'RT09' }, { ...quiet, id: 'PQ01' }],
  read: [
    { file: 'k8s/pages, 100%.yaml', as: 'Kubernetes' },
    { file: 'k8s/reviews.yaml', as: 'Kubernetes' },
    { file: 'compose.yaml', as: 'compose' },
  ],
  notUnderstood: [{ file: 'k8s/broken.yaml', line: 3, column: 9, why: 'a map that does not end' }],
  failOn: 'high',
  command: 'seaworthy check . --fail-on high',
  version: '0.1.0',
};
