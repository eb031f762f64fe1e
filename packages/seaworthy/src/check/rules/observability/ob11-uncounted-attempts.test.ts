import { describe, expect, it } from 'vitest';

import type { MeasuredCalls, TraceOrigin } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { coded, fromSource } from '../../testing/edges.ts';
import { ob11 } from './ob11-uncounted-attempts.ts';

const origin: TraceOrigin = { kind: 'trace', file: 'spans.json', spans: 100 };

function calls(errorShare: number, attemptsPerTask: number, attempts = 3): string {
  const traced = <T>(value: T) => ({ value, origin });
  const measured: MeasuredCalls = {
    perRequest: traced(1),
    ratePerSecond: undefined,
    errorShare: traced(errorShare),
    attemptsPerTask: traced(attemptsPerTask),
    latency: traced([]),
  };
  return messages(ob11, fromSource({ attempts: coded(attempts) }, { measured }));
}

describe('OB11', () => {
  it('finds retries that no trace shows', () => {
    expect(calls(0.1, 1)).toMatchInlineSnapshot(`
      "src/payments.ts:7:3 info OB11
      web -> payments: got tries up to 3 times, and none of 10 failed calls in the traces was
      tried again
        attempts of web -> payments: 3 (src/payments.ts:7)
        calls that failed: 10 % (trace spans.json, 100 spans)
        attempts per task in the traces: 1 (trace spans.json, 100 spans)
      passes: a span for each attempt, with http.request.resend_count"
    `);
  });

  it('is content with second attempts, few failures, and no retries', () => {
    expect(calls(0.1, 1.05)).toBe('');
    expect(calls(0.04, 1)).toBe('');
    expect(calls(0.05, 1)).toContain('info OB11');
    expect(calls(0.1, 1, 1)).toBe('');
  });

  it('asks traces, and not what somebody says', () => {
    const said = { ...coded(0.5) };
    const measured = { perRequest: coded(1), ratePerSecond: undefined, errorShare: said };
    const rest = { attemptsPerTask: coded(1), latency: coded([]) };
    const landscape = fromSource({ attempts: coded(3) }, { measured: { ...measured, ...rest } });
    expect(messages(ob11, landscape)).toBe('');
  });
});
