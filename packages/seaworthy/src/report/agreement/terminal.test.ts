import { describe, expect, it } from 'vitest';
import type { Agreement, SignalAgreement } from '../../judge/agreement/agreement.ts';
import type { Calibration } from '../../rehearse/calibrate/calibrate.ts';
import { pageWidth, widthOf } from '../width.ts';
import { printAgreement } from './terminal.ts';

const before = { name: 'before', fromMs: 4000, toMs: 10_000 } as const;
const all = { name: 'all', fromMs: 4000, toMs: 36_000 } as const;

function signal(change: Partial<SignalAgreement>): SignalAgreement {
  return {
    subject: 'buyers',
    name: 'p90',
    kind: 'time',
    phase: before,
    simulated: 225,
    simulatedFrom: 216,
    simulatedTo: 227,
    rehearsed: 230,
    apart: 0.022,
    agrees: true,
    ...change,
  };
}

const signals = [
  signal({}),
  signal({ subject: 'readers', rehearsed: 295, apart: 0.311, agrees: false }),
  signal({
    subject: 'checkout -> payments',
    name: 'failed',
    kind: 'share',
    simulated: 0,
    simulatedFrom: 0,
    simulatedTo: 0.004,
    rehearsed: 0.07,
    apart: 0.07,
    agrees: false,
  }),
  signal({
    name: 'knee',
    kind: 'rate',
    phase: all,
    simulated: 120.4,
    simulatedFrom: 112,
    simulatedTo: Infinity,
    rehearsed: Infinity,
    apart: Infinity,
    agrees: false,
  }),
];

const agreement: Agreement = {
  sameVerdict: false,
  simulated: 'pass',
  rehearsed: 'fail',
  objectives: [
    { text: 'buyers p99 < 1s', simulated: 'pass', rehearsed: 'fail' },
    { text: 'readers p99 < 1s', simulated: 'pass', rehearsed: 'pass' },
  ],
  signals,
};

const constant = { kind: 'constant', valueMs: 14.83 } as const;
const calibration = {
  services: [
    { service: 'orders', from: 'remainder', why: undefined, samples: 1011, time: constant },
    {
      service: 'bank',
      from: 'table',
      why: undefined,
      samples: 1077,
      time: { kind: 'log-normal', p50Ms: 50, p99Ms: 165 },
    },
    {
      service: 'catalog',
      from: 'file',
      why: 'needs 50 measured requests and has 12',
      samples: 12,
      time: undefined,
    },
  ],
  hops: [{ edge: 'buyers -> checkout', meanMs: 1.79 }],
} as const;

function print(of: Agreement, isAll: boolean): string {
  const compared = { agreement: of, calibration: calibration as unknown as Calibration };
  return printAgreement(compared, { colour: false, all: isAll });
}

describe('printAgreement', () => {
  it('tells the verdicts, what is apart, and what was measured', () => {
    const text = print(agreement, false);
    expect(text).toMatchInlineSnapshot(`
      "
      AGREEMENT  simulated pass, rehearsed fail; 1 of 4 signals agree
      ✗ buyers p99 < 1s: simulated pass, rehearsed fail
                                        simulated       replications  rehearsed  apart
      before the faults, 4 s to 10 s
      ✗ readers p90                        225 ms   216 ms to 227 ms     295 ms   31 %
      ✗ checkout -> payments failed           0 %       0 % to 0.4 %        7 %   7 pt
      all of it, 4 s to 36 s
      ✗ buyers knee                         120/s      112/s to none       none    far
      1 agreeing signal not shown: see --all

      CALIBRATED                  mean         p99   from
      orders                   14.8 ms     14.8 ms   1,011 requests, less its calls
      bank                       57 ms      165 ms   1,077 requests
      catalog               as in the file: needs 50 measured requests and has 12
      buyers -> checkout       1.79 ms               the way there and back
      "
    `);
    for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(pageWidth);
  });

  it('shows what agrees, too, when asked', () => {
    const text = print(
      { ...agreement, sameVerdict: true, rehearsed: 'pass', objectives: [] },
      true,
    );
    expect(text.split('\n').slice(1, 6).join('\n')).toMatchInlineSnapshot(`
      "AGREEMENT  the same verdict, pass; 1 of 4 signals agree
                                        simulated       replications  rehearsed  apart
      before the faults, 4 s to 10 s
      ✓ buyers p90                         225 ms   216 ms to 227 ms     230 ms    2 %
      ✗ readers p90                        225 ms   216 ms to 227 ms     295 ms   31 %"
    `);
  });
});
