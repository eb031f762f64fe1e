import { describe, expect, it } from 'vitest';

import { coloursOf } from '../../report/colours.ts';
import { pageWidth, widthOf } from '../../report/width.ts';
import type { Sample } from '../../signals/sample.ts';
import { blockLines, plainLine } from './lines.ts';
import { Status } from './status.ts';

const colours = coloursOf(false);

const sample: Sample = {
  atMs: 60_000,
  offeredPerSecond: 300.2,
  goodputPerSecond: 212.4,
  p99Ms: 1920,
  attemptsPerTask: 2.312,
  breakersOpen: [],
};

function statusAt(nowMs: number): Status {
  return new Status(
    {
      kind: 'scenario-began',
      scenario: 'payments-brownout',
      replications: 3,
      durationMs: 180_000,
      moments: [
        { atMs: 60_000, text: 'began: slow: payments, by: 10x' },
        { atMs: 70_000, text: 'ended: slow: payments, by: 10x' },
      ],
    },
    nowMs,
  );
}

describe('blockLines', () => {
  it('begins before there is anything to tell', () => {
    expect(blockLines(statusAt(5000), 5000, colours)).toMatchInlineSnapshot(`
      [
        "payments-brownout  ──────────────────────────────  0 %",
        "0 s of 180 s, 0 of 3 replications done",
      ]
    `);
  });

  it('shows the first replication that still runs', () => {
    const status = statusAt(5000);
    status.add(0, { ...sample, atMs: 180_000 });
    status.add(1, sample);
    status.add(2, { ...sample, atMs: 120_000, offeredPerSecond: 1 });
    expect(blockLines(status, 6000, colours)).toMatchInlineSnapshot(`
      [
        "payments-brownout  ━━━━━━━━━━━━━━━━━━━━──────────  66 %",
        "60 s of 180 s, 1 of 3 replications done, 360 times real time, 1 s left",
        "offered 300/s   goodput 212/s   p99 1.92 s   attempts per task 2.31",
        "60 s  began: slow: payments, by: 10x",
      ]
    `);
  });

  it('says which change is tried', () => {
    const { began } = statusAt(0);
    const status = new Status({ ...began, kind: 'change-began', change: 'a.b = 3' }, 0);
    expect(blockLines(status, 0, colours)[2]).toBe('trying a.b = 3');
    expect(plainLine(status)).toMatch(/^trying a\.b = 3, payments-brownout 0 %, /);
  });

  it('has at most eight lines of at most 80 columns, whatever goes on', () => {
    const { began } = statusAt(0);
    const change = { kind: 'change-began', change: 'a.b = 3' } as const;
    const status = new Status({ ...began, ...change, file: 'shop.yaml' }, 5000);
    status.add(0, {
      ...sample,
      atMs: 75_000,
      offeredPerSecond: 123_456,
      p99Ms: undefined,
      breakersOpen: ['web -> payments'],
    });
    status.stopping = true;
    const lines = blockLines(status, 6000, colours);
    expect(lines).toMatchInlineSnapshot(`
      [
        "shop.yaml",
        "payments-brownout  ━━━━──────────────────────────  13 %",
        "75 s of 180 s, 0 of 3 replications done, 75 times real time, 7 s left",
        "trying a.b = 3",
        "offered 123k/s   goodput 212/s   p99 –   attempts per task 2.31",
        "breaker open: web -> payments",
        "70 s  ended: slow: payments, by: 10x",
        "stopping; once more to end at once",
      ]
    `);
    expect(lines.length).toBeLessThanOrEqual(8);
    expect(lines.filter((line) => widthOf(line) > pageWidth)).toEqual([]);
  });
});

describe('plainLine', () => {
  it('says of which file, where there are several', () => {
    const { began } = statusAt(0);
    const line = plainLine(new Status({ ...began, file: 'shop.yaml' }, 0));
    expect(line).toMatch(/^shop\.yaml, payments-brownout 0 %, /);
  });

  it('says all in one line', () => {
    const status = statusAt(0);
    status.add(0, sample);
    expect(plainLine(status).split(', ')).toMatchInlineSnapshot(
      `
      [
        "payments-brownout 11 %",
        "0 of 3 replications done",
        "at 60 s of 180 s",
        "offered 300/s",
        "goodput 212/s",
        "p99 1.92 s",
        "attempts per task 2.31",
      ]
    `,
    );
  });
});
