import { describe, expect, it } from 'vitest';

import type { NotUnderstood } from '../landscape.ts';
import { readTraces } from './read.ts';

interface Given {
  readonly id: string;
  readonly parent?: string;
  readonly service: string;
  readonly kind: 'SERVER' | 'CLIENT' | 'INTERNAL';
  readonly from: number;
  readonly to: number;
  readonly failed?: boolean;
  readonly peer?: string;
}

/** A time of today, which in nanoseconds no double holds. */
const epoch = 1_790_000_000_000n;

function nano(ms: number): string {
  return String(epoch * 1_000_000n + BigInt(Math.round(ms * 1e6)));
}

function otlp(spans: readonly Given[], trace = 'a'): object {
  return {
    resourceSpans: spans.map((one) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: one.service } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: trace,
              spanId: one.id,
              parentSpanId: one.parent ?? '',
              name: one.peer ?? one.service,
              kind: `SPAN_KIND_${one.kind}`,
              startTimeUnixNano: nano(one.from),
              endTimeUnixNano: nano(one.to),
              attributes: one.peer
                ? [{ key: 'peer.service', value: { stringValue: one.peer } }]
                : [],
              status: one.failed ? { code: 2 } : {},
            },
          ],
        },
      ],
    })),
  };
}

/**
 * A page asks two others at once, then the payments: those fail, are asked again, and use a
 * database that has no spans of its own.
 */
const page: readonly Given[] = [
  { id: '1', service: 'web', kind: 'SERVER', from: 0, to: 100 },
  { id: '2', parent: '1', service: 'web', kind: 'INTERNAL', from: 1, to: 99 },
  { id: '3', parent: '2', service: 'web', kind: 'CLIENT', from: 10, to: 30 },
  { id: '4', parent: '3', service: 'catalog', kind: 'SERVER', from: 12, to: 28 },
  { id: '5', parent: '2', service: 'web', kind: 'CLIENT', from: 15, to: 40 },
  { id: '6', parent: '5', service: 'offers', kind: 'SERVER', from: 16, to: 39 },
  {
    id: '7',
    parent: '2',
    service: 'web',
    kind: 'CLIENT',
    from: 50,
    to: 60,
    failed: true,
    peer: 'pay',
  },
  { id: '8', parent: '7', service: 'pay', kind: 'SERVER', from: 51, to: 59, failed: true },
  { id: '9', parent: '2', service: 'web', kind: 'CLIENT', from: 65, to: 90, peer: 'pay' },
  { id: '10', parent: '9', service: 'pay', kind: 'SERVER', from: 66, to: 89 },
  { id: '11', parent: '10', service: 'pay', kind: 'CLIENT', from: 70, to: 80, peer: 'postgresql' },
];

function read(text: string): NonNullable<ReturnType<typeof readTraces>> {
  const remarks: NotUnderstood[] = [];
  const measured = readTraces(text, 'traces.json', remarks);
  expect(remarks).toEqual([]);
  return measured!;
}

describe('traces', () => {
  const { services, edges } = read(JSON.stringify(otlp(page)));
  const service = (name: string) => services.find((one) => one.service === name)!;
  const edge = (to: string) => edges.find((one) => one.to === to)!.calls;

  it('give the time that each service spent itself', () => {
    // 100 ms less 10 to 40, 50 to 60 and 65 to 90.
    expect(service('web').selfTime.value.at(-1)!.valueMs).toBeCloseTo(35, 3);
    expect(service('pay').selfTime.value.map((one) => one.share)).toEqual([0, 0.1, 0.25, 0.5, 1]);
    expect(service('pay').selfTime.value.at(-1)!.valueMs).toBeCloseTo(13, 3);
  });

  it('give the order of the calls, and which overlap', () => {
    expect(service('web').order).toEqual([['catalog', 'offers'], ['pay']]);
  });

  it('tell attempts of one task from two tasks', () => {
    expect(edge('pay')).toMatchObject({
      perRequest: { value: 1 },
      attemptsPerTask: { value: 2 },
      errorShare: { value: 0.5, origin: { kind: 'trace', file: 'traces.json', spans: 2 } },
    });
  });

  it('have a place for a callee that has no spans of its own', () => {
    expect(service('postgresql').latency.value.at(-1)!.valueMs).toBeCloseTo(10, 3);
    expect(edges.find((one) => one.to === 'postgresql')!.from).toBe('pay');
  });

  it('mean the same one by one in lines, and as Jaeger has them', () => {
    const first = { ...otlp(page.slice(0, 6), 'b') };
    const lines = `${JSON.stringify(first)}\n${JSON.stringify(otlp(page.slice(6), 'b'))}\n`;
    const jaeger = {
      data: [
        {
          processes: Object.fromEntries(page.map((one) => [one.id, { serviceName: one.service }])),
          spans: page.map((one) => ({
            traceID: 'a',
            spanID: one.id,
            operationName: one.peer ?? one.service,
            references: one.parent ? [{ refType: 'CHILD_OF', spanID: one.parent }] : [],
            startTime: Number(epoch) * 1000 + one.from * 1000,
            duration: (one.to - one.from) * 1000,
            processID: one.id,
            tags: [
              { key: 'span.kind', value: one.kind.toLowerCase() },
              ...(one.failed ? [{ key: 'error', value: true }] : []),
              ...(one.peer ? [{ key: 'peer.service', value: one.peer }] : []),
            ],
          })),
        },
      ],
    };
    const order = (text: string) => read(text).services.map((one) => [one.service, one.order]);
    const whole = order(JSON.stringify(otlp(page)));
    expect(order(lines)).toEqual(whole);
    expect(order(JSON.stringify(jaeger))).toEqual(whole);
    expect(read(JSON.stringify(jaeger)).edges).toHaveLength(edges.length);
  });

  it('that are neither are told apart', () => {
    const remarks: NotUnderstood[] = [];
    expect(readTraces('{"traceID": 1}', 'a.json', remarks)).toBeUndefined();
    expect(remarks).toEqual([
      {
        file: 'a.json',
        line: 1,
        column: 1,
        why: expect.stringContaining('OTLP'),
        isBroken: true,
      },
    ]);
  });
});
