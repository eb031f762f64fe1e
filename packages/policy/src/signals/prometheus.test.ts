import { describe, expect, it } from 'vitest';

import { policy } from '../promise/policy.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { PrometheusMetrics } from './prometheus.ts';

/** The value of one series, by its name and labels. */
function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length));
}

/** What Prometheus reads: a comment, or a name, its labels and a number. */
const lineFormat =
  /^(# (HELP|TYPE) \w+ .+|\w+\{(\w+="([^"\\\n]|\\["\\n])*",?)*\} (-?\d+(\.\d+)?(e[+-]?\d+)?))$/;

describe('metrics for Prometheus', () => {
  it('count calls by how they ended, and attempts', async () => {
    const time = new VirtualTime();
    const metrics = new PrometheusMetrics();
    const observer = metrics.observe;
    const call = policy({ name: 'quotes', breaker: { consecutive: 2 }, observer }, time);
    await call(() => 1);
    for (let index = 0; index < 3; index++) {
      await call(() => Promise.reject(new Error('down'))).catch(() => {});
    }
    const text = metrics.text();
    expect(valueOf(text, 'seaworthy_offered_total{policy="quotes"}')).toBe(4);
    expect(valueOf(text, 'seaworthy_succeeded_total{policy="quotes"}')).toBe(1);
    expect(valueOf(text, 'seaworthy_failed_total{policy="quotes",reason="error"}')).toBe(2);
    expect(valueOf(text, 'seaworthy_rejected_total{policy="quotes",reason="breaker-open"}')).toBe(
      1,
    );
    expect(valueOf(text, 'seaworthy_attempts_total{policy="quotes"}')).toBe(3);
    expect(valueOf(text, 'seaworthy_breaker_changes_total{policy="quotes",state="open"}')).toBe(1);
    expect(valueOf(text, 'seaworthy_breaker_open{policy="quotes"}')).toBe(1);
  });

  it('put times into cumulative buckets, and the sum beside them', async () => {
    const time = new VirtualTime();
    const metrics = new PrometheusMetrics();
    const call = policy({ name: 'slow', observer: metrics.observe }, time);
    for (const forMs of [3, 30, 90_000]) {
      const result = call(
        () =>
          new Promise((resolve) => {
            time.clock.after(forMs, () => resolve(1));
          }),
      );
      await time.advance(forMs);
      await result;
    }
    const text = metrics.text();
    const bucket = (le: string) =>
      valueOf(
        text,
        `seaworthy_latency_seconds_bucket{policy="slow",outcome="succeeded",le="${le}"}`,
      );
    expect([bucket('0.0025'), bucket('0.005'), bucket('0.025'), bucket('0.05')]).toEqual([
      0, 1, 1, 2,
    ]);
    expect([bucket('60'), bucket('+Inf')]).toEqual([2, 3]);
    const labels = '{policy="slow",outcome="succeeded"}';
    expect(valueOf(text, `seaworthy_latency_seconds_count${labels}`)).toBe(3);
    expect(valueOf(text, `seaworthy_latency_seconds_sum${labels}`)).toBeCloseTo(90.033, 9);
  });

  it('are in the format, whatever the name of a policy is', async () => {
    const metrics = new PrometheusMetrics();
    const name = 'a "quoted"\nname \\ with a {brace}';
    const call = policy({ name, limit: 2, observer: metrics.observe });
    await call(() => 1);
    const lines = metrics.text().trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(lineFormat);
    expect(lines.filter((line) => line.includes('{')).length).toBeGreaterThan(20);
  });

  it('are one series for policies of the same name, and no two lines are of one series', async () => {
    const metrics = new PrometheusMetrics();
    const make = () => policy({ name: 'twin', limit: 3, observer: metrics.observe });
    const calls = [make(), make()];
    for (const call of calls) await call(() => 1);
    const text = metrics.text();
    expect(valueOf(text, 'seaworthy_offered_total{policy="twin"}')).toBe(2);
    expect(valueOf(text, 'seaworthy_limit{policy="twin"}')).toBe(6);
    const series = text.split('\n').map((line) => line.slice(0, line.lastIndexOf(' ')));
    const values = series.filter((line) => line !== '' && !line.startsWith('#'));
    expect(new Set(values).size).toBe(values.length);
  });

  it('are bounded: many names share one', async () => {
    const metrics = new PrometheusMetrics();
    for (let index = 0; index < 500; index++) {
      await policy({ name: `user ${index}`, observer: metrics.observe })(() => 1);
    }
    const offered = metrics.text().match(/seaworthy_offered_total\{/g)!;
    expect(offered).toHaveLength(201);
    expect(valueOf(metrics.text(), 'seaworthy_offered_total{policy="other"}')).toBe(300);
  });

  it('answer a request', () => {
    const sent: string[] = [];
    new PrometheusMetrics().listener(undefined, {
      setHeader: (...header) => sent.push(...header),
      end: (text) => sent.push(text),
    });
    expect(sent).toEqual(['content-type', 'text/plain; version=0.0.4; charset=utf-8', '\n']);
  });
});
