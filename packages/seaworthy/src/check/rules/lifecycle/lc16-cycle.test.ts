import { describe, expect, it } from 'vitest';

import type { CallEdge, Origin } from '../../../model/import/landscape.ts';
import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { onCompose } from '../../testing/manifests.ts';
import { lc16 } from './lc16-cycle.ts';

/** Calls that traces showed. A seaworthy.yaml with such a cycle cannot be read at all. */
function traced(...calls: readonly (readonly [from: string, to: string])[]): string {
  const origin: Origin = { kind: 'trace', file: 'spans.json', spans: 412 };
  const edges = calls.map(([from, to]): CallEdge => {
    const unknown = { writes: undefined, optional: undefined, measured: undefined };
    return { from, to, found: { value: 'trace', origin }, layers: [], ...unknown };
  });
  return messages(lc16, { ...folderLandscape({}), edges });
}

describe('LC16', () => {
  it('finds services that call each other', () => {
    expect(traced(['web', 'orders'], ['orders', 'billing'], ['billing', 'orders']))
      .toMatchInlineSnapshot(`
      "nowhere high LC16
      orders: they call each other: orders -> billing -> orders
      passes: one of these less"
    `);
  });

  it('finds services that wait for each other to start', () => {
    const services = 'a: { image: x:1, depends_on: [b] }\nb: { image: x:1, depends_on: [c] }\n';
    expect(messages(lc16, onCompose(`${services}c: { image: x:1, depends_on: [a] }`)))
      .toMatchInlineSnapshot(`
      "compose.yaml:2:33 high LC16
      a: they wait for each other to start: a -> b -> c -> a
      passes: one of these less"
    `);
    expect(messages(lc16, onCompose(`${services}c: { image: x:1 }`))).toBe('');
  });

  it('is content with two ways to one service', () => {
    expect(traced(['web', 'orders'], ['web', 'billing'], ['orders', 'billing'])).toBe('');
    const services =
      'a: { image: x:1, depends_on: [b, c] }\nb: { image: x:1, depends_on: [c] }\nc: { image: x:1 }';
    expect(messages(lc16, onCompose(services))).toBe('');
  });
});
