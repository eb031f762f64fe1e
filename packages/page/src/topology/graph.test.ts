import { describe, expect, it } from 'vitest';

import type { PageRun } from '../seaworthy.ts';
import { graphOf, messagesOf } from './graph.ts';

const empty = { numbers: {}, counts: {}, times: {} };

function runWith(publishersOfQueue: readonly (readonly string[])[] | undefined): PageRun {
  const counts = { publishedBy: { 0: [10, 20], 1: [400, 0] } };
  return {
    header: {
      sources: ['people'],
      services: ['shop', 'till', 'warehouse'],
      queues: ['orders'],
      edges: ['people -> shop', 'orders -> warehouse'],
      ...(publishersOfQueue && { publishersOfQueue }),
    },
    toMs: [1000, 3000],
    services: [empty, empty, empty],
    queues: [{ ...empty, counts }],
    edges: [empty, empty],
  } as unknown as PageRun;
}

describe('who calls whom', () => {
  it('goes through message queues: who publishes stands before a queue, who consumes behind it', () => {
    const { nodes, publishings, layout, mostPerSecond } = graphOf(runWith([['shop', 'till']]));
    expect(publishings.map(({ name }) => name)).toEqual(['shop -> orders', 'till -> orders']);
    expect(publishings.map(({ series, publisher }) => messagesOf(series, publisher))).toEqual([
      [10, 20],
      [400, 0],
    ]);
    expect(mostPerSecond).toBe(400);
    expect(layout.paths.length).toBe(4);
    const x = (name: string): number => layout.nodes[nodes.findIndex((n) => n.name === name)]!.x;
    expect(x('shop')).toBeLessThan(x('orders'));
    expect(x('orders')).toBeLessThan(x('warehouse'));
  });

  it('is drawn as well from a record that does not say who publishes', () => {
    const { publishings, layout } = graphOf(runWith(undefined));
    expect(publishings).toEqual([]);
    expect(layout.paths.length).toBe(2);
  });
});
