import type { Finding } from '../../judge/verdict.ts';

/** The command that runs the example. */
export const command = 'seaworthy simulate shop.yaml --scenario payments-brownout --env production';

/** A grave one with two changes that were tried, and one with a change that was not. */
export const exampleFindings: readonly Finding[] = [
  {
    key: 'retry-storm web -> payments',
    id: 'retry-storm',
    title: 'retry storm on web -> payments: 2.9 attempts per task',
    severity: 'critical',
    evidence: 'demonstrated',
    fromMs: 61_000,
    toMs: 180_000,
    edges: ['web -> payments'],
    services: ['payments'],
    numbers: [
      'attempts per task 2.9 (1.02 before 60 s)',
      '66 % of the load of payments is retries',
    ],
    sustainingEffect: 'retries of calls that timed out keep the queue of payments full',
    steps: [
      { atMs: 60_000, text: 'fault began: slow: payments, by: 10x' },
      { atMs: 61_500, text: 'the queue of payments is full' },
      {
        atMs: 104_000,
        text: 'the workers of web all wait for payments, so that nobody is served',
      },
    ],
    changes: [
      {
        edits: [
          {
            path: ['calls', 'web -> payments', 'retry', 'budget'],
            value: { share: '10%', floor: '1/s' },
          },
        ],
        difference: [
          ' calls:',
          '   web -> payments:',
          '     retry:',
          '+      budget: { share: 10%, floor: 1/s }',
        ],
        why: 'at most one retry for ten calls, so that retries cannot multiply the load',
        tried: {
          effect: 'trades',
          outcome: 'fail',
          replications: 5,
          still: undefined,
          alsoGone: ['dead-retries web -> payments'],
          objectives: [
            {
              text: 'web p99 < 500ms',
              before: { outcome: 'fail', observed: '2.31 s', margin: -3.62 },
              after: { outcome: 'pass', observed: '412 ms', margin: 0.176 },
              course: {
                toMs: [60_000, 120_000, 180_000],
                before: [290, Number.NaN, 2310],
                after: [290, 470, 330],
              },
            },
            {
              text: 'web success > 99.9%',
              before: { outcome: 'inconclusive', observed: '100 %', margin: 1 },
              after: { outcome: 'fail', observed: '99.2 %', margin: -7 },
              course: undefined,
            },
          ],
          worse: [{ title: 'payments was out of slots for 9 s', severity: 'high', seenIn: 2 }],
        },
      },
      {
        edits: [{ path: ['calls', 'web -> payments', 'retry', 'attempts'], value: 2 }],
        difference: [],
        why: 'fewer attempts',
        tried: {
          effect: 'none',
          outcome: 'fail',
          replications: 5,
          still: { title: 'retry storm', severity: 'critical', seenIn: 5 },
          alsoGone: [],
          objectives: [],
          worse: [],
        },
      },
    ],
    seenIn: 5,
    seed: 3,
    command: `${command} --replications 1 --seed 3`,
  },
  {
    key: 'dead-retries web -> payments',
    id: 'dead-retries',
    title: 'dead retries on web -> payments: 31 % of the attempts cannot finish in the deadline',
    severity: 'medium',
    evidence: 'demonstrated',
    fromMs: 62_000,
    toMs: 180_000,
    edges: ['web -> payments'],
    services: [],
    numbers: ['31 % of 81,200 attempts began less than 40 ms before the deadline'],
    sustainingEffect: undefined,
    steps: [],
    changes: [
      {
        edits: [{ path: ['calls', 'web -> payments', 'timeout'], value: '400ms' }],
        difference: [
          ' calls:',
          '   web -> payments:',
          '-    timeout: 800ms',
          '+    timeout: 400ms',
        ],
        why: 'three attempts then fit into the deadline of 2 s',
        tried: undefined,
      },
    ],
    seenIn: 4,
    seed: 2,
    command: `${command} --replications 1 --seed 2`,
  },
];
