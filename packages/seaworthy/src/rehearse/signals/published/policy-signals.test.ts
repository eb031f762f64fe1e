import { policy } from '@seaworthy/policy';
import { PrometheusMetrics } from '@seaworthy/policy/prometheus';
import { describe, expect, it } from 'vitest';

import { noEdge } from '../../../signals/no-samples.ts';
import { withPolicies } from './policy-signals.ts';
import { ProcessSeries } from './process-series.ts';
import { seriesOfText } from './prometheus-text.ts';

/** Real calls of a real policy, and what the rehearsal reads of them. */
async function published(fails: readonly boolean[], process: ProcessSeries, page: string[] = []) {
  const metrics = new PrometheusMetrics();
  const call = policy({
    name: 'payments',
    retry: { attempts: 2, backoff: { base: '0ms' } },
    limit: 7,
    breaker: { consecutive: 4 },
    observer: metrics.observe,
  });
  const left = [...fails];
  for (let calls = 0; left.length > 0 && calls < 100; calls++) {
    await call(() => {
      if (left.shift() === true) throw new Error('down');
    }).catch(() => undefined);
  }
  page.push(metrics.text());
  process.page(seriesOfText(metrics.text()));
}

describe('what the library says of its policies', () => {
  it('tells calls from attempts, and shows limits and breakers', async () => {
    const process = new ProcessSeries();
    // A success; one at the second try; two failures of two attempts each, which open the breaker.
    await published([false, true, false, true, true, true, true], process);
    expect(withPolicies(noEdge, [process.take()])).toMatchObject({
      offered: 4,
      succeeded: 2,
      failed: { error: 2 },
      attempts: 7,
      attemptsFailed: { error: 5 },
      retries: 3,
      retriesStopped: { attempts: 2 },
      limit: 7,
      breakerOpenShare: 1,
      budgetLeft: -1,
    });
  });

  it('counts what has grown, and begins anew with a process', async () => {
    const process = new ProcessSeries();
    await published([false, false, false], process);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(3);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(0);
    await published([false], process);
    expect(withPolicies(noEdge, [process.take()]).offered).toBe(1);
  });

  it('says nothing where nothing is published', () => {
    expect(withPolicies(noEdge, [new ProcessSeries().take()])).toBe(noEdge);
  });

  it('leaves alone what is no metric of a policy', () => {
    const page =
      '# HELP up x\nup 1\nseaworthy_offered_total{policy="a \\"b\\""} 3 1700\nseaworthy_x';
    expect(seriesOfText(page)).toEqual([
      { name: 'offered', labels: { policy: 'a "b"' }, value: 3 },
    ]);
  });
});
