import { describe, expect, it } from 'vitest';

import type { Landscape, MeasuredCalls } from '../../../model/import/landscape.ts';
import { coded } from '../../testing/edges.ts';
import { messages } from '../../testing/cases.ts';
import { modelLandscape } from '../../testing/landscape.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { tracesOfWeb } from '../../testing/traces.ts';
import { pq16 } from './pq16-job-runs-twice.ts';

function queue(visibility: string, steps: string): string {
  return messages(
    pq16,
    modelLandscape(`seaworthy: 1
name: one
services:
  shop: { steps: [{ publish: orders }] }
  desk: { steps: [{ wait: 5ms }] }
  mailer: { steps: [${steps}] }
queues:
  orders: { to: mailer, ${visibility} }
traffic: { people: { to: shop, rate: 1/s } }
`),
  );
}

interface Worker {
  readonly options?: string;
  readonly processor?: string;
  readonly cpuMs?: number;
  readonly takesMs?: number;
  /** Its pool, where it has one. */
  readonly pool?: number;
  readonly more?: string;
}

/** web takes jobs; a job that is traced calls db for all of its time. */
function worker(of: Worker): string {
  return messages(pq16, workerLandscape(of));
}

function workerLandscape(of: Worker): Landscape {
  const { options, processor, cpuMs, takesMs, pool, more } = of;
  const given = options === undefined ? '' : `, { ${options} }`;
  const model = `seaworthy: 1
name: one
services: { web: { steps: [{ cpu: ${cpuMs}ms }] } }
traffic: { people: { to: web, rate: 1/s } }
`;
  const traced = { requests: 20, everyMs: 100, calls: 'db', takesMs: () => takesMs! };
  return nodeApp({
    packages: { bullmq: '5.34.0', pg: '8.13.0' },
    environment: pool ? { DATABASE_URL: 'postgres://db/shop', DATABASE_POOL_SIZE: `${pool}` } : {},
    files: {
      'web/src/work.ts': `import { Worker } from 'bullmq';
new Worker('mails', ${processor ?? 'async (job) => send(job.data)'}${given});
${more ?? ''}`,
      ...(cpuMs !== undefined && { 'seaworthy.yaml': model }),
      ...(takesMs !== undefined && { 'spans.json': tracesOfWeb(traced) }),
    },
  });
}

describe('PQ16 of a queue in a model', () => {
  it('finds one that delivers again what is still in work', () => {
    expect(queue('visibility: 30s', '{ wait: { p50: 5s, p99: 20s } }')).toMatchInlineSnapshot(`
      "seaworthy.yaml:8:37 high PQ16
      orders: a message is delivered again after 30 s, and one in 1000 is in work for 31.5 s or
      longer
        visibility of orders: 30 s (seaworthy.yaml:8)
        p99.9 of mailer: 31.5 s (seaworthy.yaml:6)
      passes: a visibility of 63 s"
    `);
  });

  it('is content with twice the slowest step', () => {
    expect(queue('visibility: 30s', '{ cpu: 1s }, { wait: 15s }')).toBe('');
    expect(queue('visibility: 29s', '{ cpu: 1s }, { wait: 15s }')).toContain('visibility of 30 s');
    expect(queue('visibility: 10s', '{ call: desk }')).toBe('');
    expect(queue('visibility: unlimited', '{ wait: 15s }')).toBe('');
  });

  it('knows what holds where the file says nothing', () => {
    expect(queue('consumers: 1', '{ wait: 15001ms }')).toContain('medium PQ16');
    expect(queue('consumers: 1', '{ wait: 15s }')).toBe('');
  });
});

describe('PQ16 of a worker in code', () => {
  it('finds a lock that is never renewed', () => {
    expect(worker({ options: 'skipLockRenewal: true', takesMs: 20_000 })).toMatchInlineSnapshot(`
      "web/src/work.ts:2:71 medium PQ16
      mails -> web: one job in 1000 takes 20 s, and its lock ends after 30 s, for it is never
      renewed
        lock of a job of bullmq 5.34.0: 30 s (default of bullmq 5.34.0)
        the lock is never renewed: yes (web/src/work.ts:2)
        p99.9 of a job of web: 20 s (trace spans.json, 20 spans)
      passes: a lock of 40 s, or one that is renewed"
    `);
  });

  it('finds one that is renewed too late', () => {
    const options = 'lockDuration: 40_000, lockRenewTime: 40_000';
    expect(worker({ options, takesMs: 20_001 })).toContain('high PQ16');
    expect(worker({ options, takesMs: 20_000 })).toBe('');
    expect(worker({ options: options.replace('40', '41'), takesMs: 20_001 })).toBe('');
    expect(worker({ options })).toBe('mails -> web lacks how long a job takes: traces');
  });

  it('finds a job that computes until its lock ends', () => {
    expect(worker({ cpuMs: 16_200 })).toMatchInlineSnapshot(`
      "web/src/work.ts:2:1 medium PQ16
      mails -> web: one job in 1000 computes for 16.2 s, and its lock, which nobody can renew
      meanwhile, has as little as 15 s left
        lock of a job of bullmq 5.34.0: 30 s (default of bullmq 5.34.0)
        age at which the lock is renewed: 15 s (default of bullmq 5.34.0)
        cpu time of a job of web: 16.2 s (seaworthy.yaml:3)
      passes: a lock of 33 s, or jobs in a process of their own"
    `);
    expect(worker({ cpuMs: 15_000 })).toBe('');
    const options = 'lockDuration: 30_000, lockRenewTime: 25_000';
    const late = worker({ cpuMs: 5001, options });
    expect(late).toContain('high PQ16');
    expect(late).toContain('a lock of 31 s');
    expect(worker({ cpuMs: 5000, options })).toBe('');
  });

  it('is content with one that computes beside the event loop, and does not guess', () => {
    expect(worker({ cpuMs: 20_000, processor: "new URL('./send.js', import.meta.url)" })).toBe('');
    expect(worker({ cpuMs: 20_000, processor: "'./send.js'" })).toBe('');
    expect(worker({ cpuMs: 20_000, processor: 'send' })).toBe(
      'mails -> web lacks whether its jobs run beside the event loop',
    );
    expect(worker({ cpuMs: 20_000, options: 'lockDuration: time' })).toBe(
      'mails -> web lacks how long the lock of a job is: its code tells it to bullmq 5.34.0',
    );
  });

  it('finds more jobs at once than connections', () => {
    expect(worker({ options: 'concurrency: 20', pool: 10, takesMs: 100 })).toMatchInlineSnapshot(`
      "web/src/work.ts:2:67 high PQ16
      web: 20 jobs at once hold 20 connections of pg 8.13.0 on average, and there are 10
        jobs at once of web: 20 (web/src/work.ts:2)
        pool of pg 8.13.0: 10 (compose.yaml:6)
        part of a job that holds a connection: 100 % (trace spans.json, 20 spans)
      passes: 10 jobs at once, or a pool of 20; a job holds one for 100 % of its time"
    `);
    expect(worker({ options: 'concurrency: 10', pool: 10, takesMs: 100 })).toBe('');
    const more = "new Worker('orders', async () => {}, { concurrency: 5 });";
    expect(worker({ options: 'concurrency: 6', pool: 10, takesMs: 100, more })).toContain(
      '11 jobs',
    );
    expect(worker({ options: 'concurrency: 20', pool: 10 })).toBe(
      'web lacks how much of a job holds a connection of pg 8.13.0: traces',
    );
  });

  it('is content with as many jobs as connections', () => {
    expect(worker({ options: 'concurrency: 10', pool: 10 })).toBe('');
  });

  /** 20 jobs at once and 10 connections, beside others that were measured. */
  function measured(change: Partial<MeasuredCalls> | undefined, jobMs = 100): string {
    const traced = workerLandscape({ options: 'concurrency: 20', pool: 10, takesMs: 100 });
    const web = traced.measured.find(({ service }) => service === 'web')!;
    const latency = (valueMs: number) => coded([0, 1].map((share) => ({ share, valueMs })));
    const edge = traced.edges.find(({ to }) => to === 'db')!;
    const calls = change && { ...edge.measured!, latency: latency(100), ...change };
    return messages(pq16, {
      ...traced,
      measured: [
        { ...web, service: 'other', latency: latency(1) },
        { ...web, latency: latency(jobMs) },
      ],
      edges: [
        { ...edge, to: 'cache', measured: { ...edge.measured!, perRequest: coded(9) } },
        { ...edge, measured: calls },
      ],
    });
  }

  it('counts the time that a job holds a connection, of its own calls alone', () => {
    expect(measured({ perRequest: coded(0.5) })).toBe('');
    expect(measured({ perRequest: coded(0.51) })).toContain('10.2 connections');
  });

  it('says what it lacks where nothing was measured', () => {
    const lack = 'web lacks how much of a job holds a connection of pg 8.13.0: traces';
    expect(measured(undefined)).toBe(lack);
    expect(measured({}, 0)).toBe(lack);
  });

  it('takes the times of its own jobs, where they are known', () => {
    const traced = workerLandscape({ options: 'skipLockRenewal: true', takesMs: 20_000 });
    const web = traced.measured.find(({ service }) => service === 'web')!;
    const other = { ...web, service: 'other', latency: coded([{ share: 1, valueMs: 1 }]) };
    expect(messages(pq16, { ...traced, measured: [other, web] })).toContain('takes 20 s');
    const unknown = { ...web, latency: coded([]) };
    expect(messages(pq16, { ...traced, measured: [unknown] })).toBe(
      'mails -> web lacks how long a job takes: traces',
    );
  });
});
