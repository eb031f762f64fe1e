import { describe, expect, it } from 'vitest';

import { edgeSample } from '../../signals/testing/samples.ts';
import { findingsOf } from '../findings.ts';
import { runOf } from '../testing/runs.ts';
import { find, idsOf, read, suggested, trial } from '../testing/trial.ts';

/** More than ten workers can do, behind a limit. */
function shop(limit: string, rate: string = '300/s'): string {
  return `
run: { for: 120s, warmUp: 5s }
services:
  web: { steps: [{ call: stock }] }
  stock: { concurrency: 10, steps: [{ wait: { exponential: 50ms } }] }
calls:
  web -> stock: { limit: ${limit} }
traffic: { users: { to: web, rate: ${rate} } }
objectives: [users p99 < 400ms]`;
}

describe('drifting-limit', () => {
  it('is found where the limit may not go where the callee would recover', () => {
    const limit = '{ concurrency: { min: 100, initial: 100 } }';
    const slow = '{ at: 30s, for: 60s, slow: stock, by: 4x }';
    const text = `${shop(limit, '150/s')}\nscenarios: { slow: [${slow}] }`;
    const found = find(trial(text), 'drifting-limit');
    expect(found).toMatchObject({ severity: 'high', edges: ['web -> stock'] });
    expect(found?.title).toMatch(
      /^the adaptive limit of web -> stock stood at its least, 100, for/,
    );
    expect(suggested(found)?.path).toBe('calls."web -> stock".limit.concurrency.min');
    expect(Number(suggested(found)?.value)).toBeLessThan(10);
  });

  /** A limit that goes from 20 to 200, with durations and throughput as given at both ends. */
  function grown(ms: readonly [number, number], perSecond: readonly [number, number]) {
    const model = read(shop('adaptive'));
    const between = ([from, to]: readonly [number, number], second: number): number =>
      from + ((to - from) * Math.min(second, 100)) / 100;
    const run = runOf(model, 120, (second) => {
      const limit = Math.round(between([20, 200], second));
      const answered = between(perSecond, second);
      // By Little's law: in flight is rate by time; all slots are in use.
      const attempts = (limit * 1000) / between(ms, second);
      const calls = { offered: 300, attempts, succeeded: answered, limit, inFlightMean: limit };
      return {
        edges: [edgeSample({ offered: 300, succeeded: 300, attempts: 300 }), edgeSample(calls)],
      };
    });
    return findingsOf(model, undefined, [run], [true], 'seaworthy simulate test.yaml');
  }

  it('is found where it grows with the latency that it causes', () => {
    const found = grown([100, 1000], [200, 200]).find(({ id }) => id === 'drifting-limit');
    expect(found?.title).toMatch(
      /grew with the latency that it caused: (2|3)\d to (19\d|200) in \d+ s$/,
    );
    expect(suggested(found)?.path).toBe('calls."web -> stock".limit.concurrency.max');
    expect(Number(suggested(found)?.value)).toBeLessThan(40);
  });

  it('is not found where it grows with what comes through, or durations stay', () => {
    for (const findings of [grown([100, 1000], [200, 400]), grown([100, 100], [200, 200])]) {
      expect(findings.map(({ id }) => id)).not.toContain('drifting-limit');
    }
  });

  it.each([
    ['it finds what the callee takes', 'adaptive', '300/s'],
    ['from far too high', '{ concurrency: { initial: 500 } }', '300/s'],
    ['there is nothing to find', 'adaptive', '100/s'],
    ['its least is not too much', '{ concurrency: { min: 10, initial: 20 } }', '300/s'],
    ['the limit does not adapt', '200', '300/s'],
  ])('is not found where %s', (_, limit, rate) => {
    expect(idsOf(trial(shop(limit, rate)))).not.toContain('drifting-limit');
  });
});
