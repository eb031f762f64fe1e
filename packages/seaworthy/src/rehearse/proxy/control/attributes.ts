import { z } from 'zod';

import type { Distribution } from '../../../model/model.ts';
import { distribution } from '../../../model/schema/distribution.ts';
import { key, map, wrong } from '../../../model/schema/notes.ts';
import { count, number, truth } from '../../../model/schema/values.ts';
import type { Effect, FaultKind } from '../fault.ts';

/** A year, as Toxiproxy's clients write it: in milliseconds, without a unit. */
const mostMs = 31_536_000_000;
/** A petabyte: nobody sends more through a proxy. */
const mostBytes = 1e15;
/** Toxiproxy counts 1,000 bytes as a kilobyte. */
const bytesPerKilobyte = 1000;

const ms = () => number(0, mostMs, 100).prefault(0);
const bytes = () => count(0, mostBytes, 100).prefault(0);

const latency = map('the attributes of latency', {
  latency: key(ms(), 'milliseconds'),
  jitter: key(ms(), 'uniform from `latency` less this to `latency` and this, never below 0'),
  distribution: key(distribution.optional(), 'in place of both: any distribution', 'none'),
})
  .refine((it) => it.distribution === undefined || (it.latency === 0 && it.jitter === 0), {
    path: ['distribution'],
    error: wrong('latency and distribution together', 'write one of them'),
  })
  .transform((it): Effect => {
    const { latency: middleMs, jitter } = it;
    if (it.distribution !== undefined) return { kind: 'latency', time: it.distribution };
    if (jitter === 0) return { kind: 'latency', time: { kind: 'constant', valueMs: middleMs } };
    const time = { kind: 'uniform', fromMs: middleMs - jitter, toMs: middleMs + jitter } as const;
    return { kind: 'latency', time };
  });

const bandwidth = map('the attributes of bandwidth', {
  rate: key(
    number(0, 1e12, 100).prefault(0),
    'kilobytes (1,000 bytes) per second; 0: nothing passes',
  ),
  shared: key(
    truth().prefault(false),
    'all connections of the edge share the rate; else each has it for itself',
  ),
}).transform((it): Effect => {
  return { kind: 'bandwidth', bytesPerSecond: it.rate * bytesPerKilobyte, shared: it.shared };
});

const slicer = map('the attributes of slicer', {
  average_size: key(count(1, mostBytes, 100), 'bytes of a piece, on average'),
  size_variation: key(bytes(), 'give or take so many bytes; less than the average'),
  delay: key(number(0, mostMs * 1000, 10).prefault(0), 'microseconds between two pieces'),
})
  .refine((it) => it.size_variation < it.average_size, {
    path: ['size_variation'],
    error: wrong('pieces may get empty', 'write less than average_size'),
  })
  .transform((it): Effect => ({
    kind: 'slicer',
    averageBytes: it.average_size,
    variationBytes: it.size_variation,
    delayMs: it.delay / 1000,
  }));

const resetPeer = map('the attributes of reset_peer', {
  timeout: key(ms(), 'milliseconds until the reset; nothing passes before'),
  bytes: key(
    count(0, mostBytes, 100).optional(),
    'reset after so many bytes, which pass, in place of after a time',
    'none',
  ),
})
  .refine((it) => it.bytes === undefined || it.timeout === 0, {
    path: ['bytes'],
    error: wrong('timeout and bytes together', 'write one of them'),
  })
  .transform((it): Effect => ({ kind: 'reset_peer', timeoutMs: it.timeout, bytes: it.bytes }));

/** What a header may hold: no line ends, by which more headers would get in. */
const headerText = z
  .string({ error: wrong('not a text', 'write a text such as "30"') })
  .regex(/^[\t\x20-\x7E\x80-\xFF]*$/, {
    error: wrong('not the value of a header', 'leave out line ends and control characters'),
  });
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, {
  error: wrong('not the name of a header', 'write a name such as retry-after'),
});

const httpStatus = map('the attributes of http_status', {
  status: key(count(200, 599, 503), 'of the answer'),
  headers: key(
    z
      .record(headerName, headerText, {
        error: wrong('not headers', 'write, for example, { "retry-after": "1" }'),
      })
      .prefault({}),
    'of the answer, beside content-length and connection',
  ),
  body: key(z.string({ error: wrong('not a text', 'write a text') }).prefault(''), 'of the answer'),
}).transform((it): Effect => ({ kind: 'http_status', ...it }));

/** A part of all, as Toxiproxy writes it: without a unit. */
export const probability = (): z.ZodNumber => number(0, 1, 0.5);

const none = (kind: 'noop' | 'blackhole' | 'refuse') =>
  map(`the attributes of ${kind}`, {}).transform((): Effect => ({ kind }));

/** The attributes of each type, in the words of Toxiproxy, to what it does. */
export const attributes: Readonly<Record<FaultKind, z.ZodType<Effect>>> = {
  noop: none('noop'),
  latency,
  packet_loss: map('the attributes of packet_loss', {
    probability: key(number(0, 0.99, 0.01), 'that a packet is lost, each time it is sent'),
  }).transform((it): Effect => ({ kind: 'packet_loss', share: it.probability })),
  bandwidth,
  slicer,
  slow_close: map('the attributes of slow_close', {
    delay: key(ms(), 'milliseconds'),
  }).transform((it): Effect => ({ kind: 'slow_close', delayMs: it.delay })),
  timeout: map('the attributes of timeout', {
    timeout: key(ms(), 'milliseconds until the connection is closed; 0: it is not'),
  }).transform((it): Effect => ({ kind: 'timeout', timeoutMs: it.timeout })),
  blackhole: none('blackhole'),
  half_open: map('the attributes of half_open', {
    bytes: key(bytes(), 'how many pass before'),
  }).transform((it): Effect => ({ kind: 'half_open', bytes: it.bytes })),
  reset_peer: resetPeer,
  limit_data: map('the attributes of limit_data', {
    bytes: key(bytes(), 'how many pass'),
  }).transform((it): Effect => ({ kind: 'limit_data', bytes: it.bytes })),
  refuse: none('refuse'),
  http_status: httpStatus,
};

/** The other way round: what a client reads, and may send back. */
export function attributesOf(effect: Effect): Record<string, unknown> {
  switch (effect.kind) {
    case 'noop':
    case 'blackhole':
    case 'refuse':
      return {};
    case 'latency':
      return latencyOf(effect.time);
    case 'packet_loss':
      return { probability: effect.share };
    case 'bandwidth':
      return { rate: effect.bytesPerSecond / bytesPerKilobyte, shared: effect.shared };
    case 'slicer': {
      const { averageBytes, variationBytes, delayMs } = effect;
      return { average_size: averageBytes, size_variation: variationBytes, delay: delayMs * 1000 };
    }
    case 'slow_close':
      return { delay: effect.delayMs };
    case 'timeout':
      return { timeout: effect.timeoutMs };
    case 'half_open':
    case 'limit_data':
      return { bytes: effect.bytes };
    case 'reset_peer':
      return effect.bytes === undefined
        ? { timeout: effect.timeoutMs }
        : { timeout: 0, bytes: effect.bytes };
    case 'http_status':
      return { status: effect.status, headers: effect.headers, body: effect.body };
  }
}

function latencyOf(time: Distribution): Record<string, unknown> {
  if (time.kind === 'constant') return { latency: time.valueMs, jitter: 0 };
  if (time.kind === 'uniform') {
    const { fromMs, toMs } = time;
    return { latency: (fromMs + toMs) / 2, jitter: (toMs - fromMs) / 2 };
  }
  return { distribution: writtenAs(time) };
}

/** A distribution as files write it. */
function writtenAs(time: Distribution): unknown {
  switch (time.kind) {
    case 'constant':
      return text(time.valueMs);
    case 'exponential':
      return { exponential: text(time.meanMs) };
    case 'erlang':
      return { erlang: text(time.meanMs), stages: time.stages };
    case 'log-normal':
      return { p50: text(time.p50Ms), p99: text(time.p99Ms) };
    case 'normal':
      return { normal: text(time.meanMs), deviation: text(time.deviationMs) };
    case 'uniform':
      return { uniform: [text(time.fromMs), text(time.toMs)] };
    case 'quantiles': {
      const points = time.points.map(({ share, valueMs }) => [percent(share), text(valueMs)]);
      return { quantiles: Object.fromEntries(points) as unknown };
    }
    case 'mixture':
      return {
        mixture: time.parts.map(({ share, of }) => ({ share: percent(share), of: writtenAs(of) })),
      };
  }
}

function text(valueMs: number): string {
  return `${valueMs}ms`;
}

/** Twelve digits: more are the noise of the multiplication. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}
