import { describe, expect, it } from 'vitest';

import { pageWidth, widthOf } from './width.ts';
import { printVerdict } from './terminal.ts';
import { calmTrial } from './testing/calm-trial.ts';
import { exampleTrial } from './testing/example-trial.ts';
import { widestTrial } from './testing/widest-trial.ts';

const options = { colour: false, all: false, timesRealTime: 412.3 };

describe('printVerdict', () => {
  it('tells the verdict first, and then what it rests on', () => {
    expect(printVerdict(exampleTrial, options)).toMatchInlineSnapshot(`
      "FAIL  Collapsed at 61 s and had not recovered 110 s after the last fault ended:
            retries on web -> payments keep it overloaded.
            shop, scenario payments-brownout, environment production

      OBJECTIVES                          observed       replications           margin
      ✗ web p99 < 500ms                     2.31 s   2.22 s to 2.41 s  4.62x the limit
        first broken at 61 s, in 5 of 5 replications
      ✓ web -> payments attempts < 1.2 from 60s to 90s
                                              1.09        1.07 to 1.1     9 % to spare
      ? web success > 99.9%                  100 %                      100 % to spare
        needs 3,000 samples and has 1,200: run for 421 s or longer

      FINDINGS
      1  retry storm on web -> payments: 2.9 attempts per task
         critical, demonstrated, 61 s to 180 s, in 5 of 5 replications
         attempts per task 2.9 (1.02 before 60 s); 66 % of the load of payments is
         retries
         sustained  retries of calls that timed out keep the queue of payments full
         order        60 s  fault began: slow: payments, by: 10x
                    61.5 s  the queue of payments is full
                     104 s  the workers of web all wait for payments, so that nobody
                            is served
         change       calls:
                        web -> payments:
                          retry:
                    +       budget: { share: 10%, floor: 1/s }
                    at most one retry for ten calls, so that retries cannot multiply
                    the load
         tried      this finding is gone, and something else is worse
                    ✓ web p99 < 500ms: 2.31 s -> 412 ms
                    ✗ web success > 99.9%: 100 % -> 99.2 %
                    also gone: dead-retries web -> payments
                    worse: payments was out of slots for 9 s (2 of 5 replications)
         instead    calls."web -> payments".retry.attempts = 2: tried, does not help
         again      $ seaworthy simulate shop.yaml --scenario payments-brownout \\
                      --env production --replications 1 --seed 3

      2  dead retries on web -> payments: 31 % of the attempts cannot finish in the
         deadline
         medium, demonstrated, 62 s to 180 s, in 4 of 5 replications
         31 % of 81,200 attempts began less than 40 ms before the deadline
         change       calls:
                        web -> payments:
                    -     timeout: 800ms
                    +     timeout: 400ms
                    three attempts then fit into the deadline of 2 s
         again      $ seaworthy simulate shop.yaml --scenario payments-brownout \\
                      --env production --replications 1 --seed 2

      TRAFFIC                offered   goodput   success  fallback    failed  rejected
      shoppers                 300/s     131/s      41 %     3.1 %      56 %       0 %

      LATENCY                p50      p90      p99    p99.9      max  p99 over time
      shoppers           52.3 ms   1.24 s   2.31 s        –   2.41 s  ▁▁▁▁▁▁▅▆▇██×××××
                                                              faults        ━

      EDGES                effective    actual attempts      p99  wait p99   in flight
      web -> payments         99.3 %      40 %     2.31   2.31 s    120 ms       60/60
        rejected 12 %, fallback 3 % (timeout 100 %), breaker open 40 % of the time
      1 calm edge not shown: see --all

      RUN
      seeds      1 to 5
      simulated  180 s each, 412 times real time
      record     .seaworthy/runs/shop-payments-brownout-3
                 seed 3, the worst
      again      $ seaworthy simulate shop.yaml --scenario payments-brownout \\
                   --env production --seed 1 --replications 5
      "
    `);
  });

  it('is short where nothing happened', () => {
    const plain = printVerdict(calmTrial, { ...options, timesRealTime: undefined });
    expect(plain).toMatchInlineSnapshot(`
      "PASS  The objective holds.
            shop, scenario calm

      OBJECTIVES                          observed       replications           margin
      ✓ web -> payments attempts < 1.2 from 60s to 90s
                                              1.09        1.07 to 1.1     9 % to spare

      TRAFFIC                offered   goodput   success  fallback    failed  rejected
      shoppers                 300/s     131/s      41 %     3.1 %      56 %       0 %

      LATENCY                p50      p90      p99    p99.9      max  p99 over time
      shoppers           52.3 ms   1.24 s   2.31 s        –   2.41 s  ██████

      EDGES  1 calm edge not shown: see --all

      RUN
      seed       1
      simulated  180 s
      record     .seaworthy/runs/shop-calm-1
      again      $ seaworthy simulate shop.yaml --scenario calm --seed 1 \\
                   --replications 1
      "
    `);
  });

  it('shows every edge when asked to', () => {
    const shown = (all: boolean): boolean =>
      printVerdict(exampleTrial, { ...options, all }).includes('recommendations -> catalogue');
    expect([shown(false), shown(true)]).toEqual([false, true]);
  });

  it('tells the first three findings in full, and of the rest the titles', () => {
    const { verdict } = exampleTrial;
    const [first] = verdict.findings;
    const five = ['a', 'b', 'c', 'd', 'e'].map((title) => ({ ...first!, title }));
    const trial = { ...exampleTrial, verdict: { ...verdict, findings: five } };
    const told = (all: boolean): number =>
      printVerdict(trial, { ...options, all }).split('66 % of the load').length - 1;
    expect([told(false), told(true)]).toEqual([3, 5]);
    expect(printVerdict(trial, options)).toContain('\n\n4  d\n5  e\n   in full with --all\n\n');
  });

  it('says how far an interrupted run came', () => {
    const { run } = exampleTrial;
    const header = { ...run.header, status: 'interrupted' as const };
    const trial = {
      ...exampleTrial,
      run: { ...run, header, intervals: run.intervals.slice(0, 9) },
    };
    const text = printVerdict(trial, options);
    expect(text.split('\n')[3]).toBe('      interrupted at 90 s of 180 s');
    expect(text).toMatch(/^simulated +90 s of 180 s/m);
  });

  it('keeps to 80 columns, however wide the values are', () => {
    const text = [exampleTrial, calmTrial, widestTrial].map((trial) =>
      printVerdict(trial, { ...options, all: true }),
    );
    const tooLong = text
      .join('')
      .split('\n')
      .filter((line) => widthOf(line) > pageWidth);
    expect(tooLong).toEqual([]);
  });

  it('says nothing more and nothing else in colour', () => {
    const coloured = printVerdict(exampleTrial, { ...options, colour: true });
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001B\[\d+m/g, '')).toBe(printVerdict(exampleTrial, options));
    expect(coloured).toContain('\u001B[31mFAIL');
  });
});
