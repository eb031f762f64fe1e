import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CallEdge, Origin, PolicyLayer } from '../../model/import/landscape.ts';
import { atLeast } from './binomial.ts';
import { delaysMs } from './backoff.ts';
import { attemptsOn } from './attempts.ts';
import { EdgeGraph, heaviestEnds } from './graph.ts';
import { attemptPatience, worstCase } from './worst-case.ts';

const origin: Origin = { kind: 'guess', why: 'a test' };
const set = <T>(value: T) => ({ value, origin });

const time = fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.constant(Infinity)).map(set);
const layers: fc.Arbitrary<PolicyLayer> = fc
  .record(
    {
      timeoutMs: time,
      tryTimeoutMs: time,
      attempts: fc.integer({ min: 1, max: 5 }).map(set),
      acquireTimeoutMs: fc.integer({ min: 0, max: 1000 }).map(set),
      baseMs: fc.integer({ min: 0, max: 500 }).map(set),
    },
    { requiredKeys: [] },
  )
  .map(({ baseMs, ...layer }) => ({
    who: 'someone',
    kind: 'library',
    at: origin,
    ...layer,
    ...(baseMs && { backoff: { baseMs, capMs: set(1000) } }),
  }));

function edge(from: string, to: string, of: readonly PolicyLayer[]): CallEdge {
  const unknown = { writes: undefined, optional: undefined, measured: undefined };
  return { from, to, found: { value: 'source', origin }, layers: of, ...unknown };
}

/** The same by the definition: a callee that never answers, attempt by attempt. */
function played(of: readonly PolicyLayer[]): number {
  const [layer, ...inner] = of;
  if (layer === undefined) return Infinity;
  let now = 0;
  for (let attempt = 1; attempt <= (layer.attempts?.value ?? 1); attempt++) {
    const took = Math.min(played(inner), layer.tryTimeoutMs?.value ?? Infinity);
    if (attempt > 1) now += Math.min(1000, (layer.backoff?.baseMs.value ?? 0) * 2 ** (attempt - 2));
    now += took + (took === Infinity ? 0 : (layer.acquireTimeoutMs?.value ?? 0));
  }
  return Math.min(now, layer.timeoutMs?.value ?? Infinity);
}

describe('the worst case of an edge', () => {
  it('is what a callee that never answers costs', () => {
    fc.assert(
      fc.property(fc.array(layers, { maxLength: 3 }), (of) => {
        expect(worstCase(edge('a', 'b', of)).ms).toBeCloseTo(played(of), 6);
      }),
    );
  });

  it('is named by the settings that make it, all of them of the edge', () => {
    fc.assert(
      fc.property(fc.array(layers, { minLength: 1, maxLength: 3 }), (of) => {
        const { ms, numbers } = worstCase(edge('a', 'b', of));
        if (ms < Infinity) expect(numbers.length).toBeGreaterThan(0);
        for (const { value } of numbers) expect(value).not.toBe(Infinity);
      }),
    );
  });

  it('is at least what one attempt may take', () => {
    fc.assert(
      fc.property(fc.array(layers, { maxLength: 3 }), (of) => {
        const one = edge('a', 'b', of);
        expect(attemptPatience(one).ms).toBeLessThanOrEqual(worstCase(one).ms);
      }),
    );
  });
});

describe('delays', () => {
  it('double up to their cap', () => {
    const layer = { who: 'x', kind: 'library', at: origin, attempts: set(6) } as const;
    const backoff = { baseMs: set(100), capMs: set(1000) };
    expect(delaysMs({ ...layer, backoff })).toBe(100 + 200 + 400 + 800 + 1000);
    expect(delaysMs(layer)).toBe(0);
    expect(delaysMs({ ...layer, backoff, attempts: set(Infinity) })).toBe(Infinity);
    expect(delaysMs({ ...layer, backoff: { ...backoff, factor: set(1) } })).toBe(500);
  });
});

describe('the heaviest path', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];

  it('of a tree of calls has the largest product, and ends where it is reached', () => {
    const tree = fc.tuple(
      ...names.slice(1).map((to, index) =>
        fc.record({
          from: fc.integer({ min: 0, max: index }).map((at) => names[at]!),
          to: fc.constant(to),
          attempts: fc.integer({ min: 1, max: 4 }),
        }),
      ),
    );
    fc.assert(
      fc.property(tree, (calls) => {
        const edges = calls.map(({ from, to, attempts }) =>
          edge(from, to, [{ who: 'x', kind: 'library', at: origin, attempts: set(attempts) }]),
        );
        const productTo = (name: string): number => {
          const call = calls.find(({ to }) => to === name);
          return call === undefined ? 1 : call.attempts * productTo(call.from);
        };
        const ends = [...heaviestEnds(new EdgeGraph(edges), attemptsOn)];
        const most = Math.max(...names.map(productTo));
        // Where nobody retries there is none.
        expect(Math.max(1, ...ends.map(({ path }) => path.product))).toBe(most);
        for (const { callee, path } of ends) {
          expect(path.product).toBe(productTo(callee));
          expect(attemptsOn(path.edges.at(-1)!)).toBeGreaterThan(1);
        }
      }),
    );
  });

  it('goes round no cycle', () => {
    const layer: PolicyLayer = { who: 'x', kind: 'library', at: origin, attempts: set(2) };
    const edges = [edge('a', 'b', [layer]), edge('b', 'c', [layer]), edge('c', 'b', [layer])];
    const ends = [...heaviestEnds(new EdgeGraph(edges), attemptsOn)];
    for (const { path } of ends) expect(path.product).toBeLessThanOrEqual(8);
  });
});

describe('the binomial tail', () => {
  it.each([
    [1, 1, 0.01, 0.01],
    [2, 3, 0.01, 0.000298],
    [10, 20, 0.5, 0.588098526],
    [0, 5, 0.1, 1],
    [5, 5, 0.1, 0.00001],
  ])('P[X >= %d of %d at %d] is %d', (least, trials, probability, expected) => {
    expect(atLeast(least, trials, probability)).toBeCloseTo(expected, 9);
  });
});
