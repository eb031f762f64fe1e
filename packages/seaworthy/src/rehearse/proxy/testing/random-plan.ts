import * as fc from 'fast-check';

import type { Distribution } from '../../../model/model.ts';
import type { Effect, FaultSettings } from '../fault.ts';

/** What a client does, and with what kind of server. */
export interface RandomTalk {
  readonly server: 'echo' | 'http' | 'speaks-first';
  /** Bytes, or for HTTP the body bytes, of each message. */
  readonly messages: readonly number[];
  /** HTTP: how many requests are under way at once. */
  readonly isPipelined: boolean;
  readonly ending: 'end' | 'destroy' | 'reset' | 'stay';
}

/** One edge with its clients, and the faults that are up in one phase after the other. */
export interface RandomPlan {
  readonly seed: number;
  readonly talks: readonly RandomTalk[];
  readonly phases: readonly { readonly ms: number; readonly faults: readonly FaultSettings[] }[];
}

const shortMs = fc.integer({ min: 0, max: 12 });
const fewBytes = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 200_000 }));

const time: fc.Arbitrary<Distribution> = fc.oneof(
  shortMs.map((valueMs): Distribution => ({ kind: 'constant', valueMs })),
  shortMs.map((meanMs): Distribution => ({ kind: 'exponential', meanMs })),
  shortMs.map((toMs): Distribution => ({ kind: 'uniform', fromMs: -toMs, toMs })),
);

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.constant<Effect>({ kind: 'noop' }),
  time.map((it): Effect => ({ kind: 'latency', time: it })),
  fc.double({ min: 0, max: 0.5, noNaN: true }).map((share): Effect => {
    return { kind: 'packet_loss', share };
  }),
  fc
    .record({ bytesPerSecond: fc.integer({ min: 0, max: 5e7 }), shared: fc.boolean() })
    .map((it): Effect => ({ kind: 'bandwidth', ...it })),
  fc
    .record({
      averageBytes: fc.integer({ min: 500, max: 5000 }),
      variationBytes: fc.integer({ min: 0, max: 400 }),
      delayMs: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map((it): Effect => ({ kind: 'slicer', ...it })),
  shortMs.map((delayMs): Effect => ({ kind: 'slow_close', delayMs })),
  shortMs.map((timeoutMs): Effect => ({ kind: 'timeout', timeoutMs })),
  fc.constant<Effect>({ kind: 'blackhole' }),
  fewBytes.map((bytes): Effect => ({ kind: 'half_open', bytes })),
  shortMs.map((timeoutMs): Effect => ({ kind: 'reset_peer', timeoutMs, bytes: undefined })),
  fewBytes.map((bytes): Effect => ({ kind: 'reset_peer', timeoutMs: 0, bytes })),
  fewBytes.map((bytes): Effect => ({ kind: 'limit_data', bytes })),
  fc.constant<Effect>({ kind: 'refuse' }),
  fc.constant<Effect>({ kind: 'http_status', status: 503, headers: {}, body: 'injected' }),
);

const faults: fc.Arbitrary<readonly FaultSettings[]> = fc
  .array(
    fc.record({
      direction: fc.constantFrom('upstream', 'downstream'),
      effect,
      share: fc.constantFrom(0, 0.5, 1, 1),
      each: fc.constantFrom('auto', 'request', 'connection'),
      first: fc.constantFrom(1, 2, Infinity, Infinity),
      spells: fc.constantFrom(undefined, undefined, undefined, { onMs: 4, offMs: 4 }),
    }),
    { maxLength: 4 },
  )
  .map((all) => all.map((one, index): FaultSettings => ({ ...one, name: `fault-${index}` })));

const talk: fc.Arbitrary<RandomTalk> = fc.record({
  server: fc.constantFrom('echo', 'http', 'speaks-first'),
  messages: fc.array(fewBytes, { minLength: 1, maxLength: 4 }),
  isPipelined: fc.boolean(),
  ending: fc.constantFrom('end', 'end', 'destroy', 'reset', 'stay'),
});

/** Any faults, with any clients, changed at any moment. */
export const randomPlan: fc.Arbitrary<RandomPlan> = fc.record({
  seed: fc.nat(),
  talks: fc.array(talk, { minLength: 1, maxLength: 3 }),
  phases: fc.array(fc.record({ ms: shortMs, faults }), { minLength: 1, maxLength: 3 }),
});

/** Kinds after which not all bytes arrive. */
const lossy: readonly Effect['kind'][] = [
  'timeout',
  'half_open',
  'reset_peer',
  'limit_data',
  'refuse',
];

/** Whether all bytes arrive once the faults are taken down. */
export function losesNothing({ phases }: RandomPlan): boolean {
  return phases.every((phase) => phase.faults.every((one) => !lossy.includes(one.effect.kind)));
}
