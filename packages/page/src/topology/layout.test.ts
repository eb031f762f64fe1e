import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layersOf, type Link } from './layers.ts';
import { layoutOf, NODE_HEIGHT, NODE_WIDTH } from './layout.ts';

const graph = fc.integer({ min: 1, max: 24 }).chain((count) => {
  const node = fc.integer({ min: 0, max: count - 1 });
  const links = fc.array(fc.record({ from: node, to: node }), { maxLength: 60 });
  return fc.record({ count: fc.constant(count), links });
});

describe('the places of a topology', () => {
  it('are apart, whoever calls whom', () => {
    fc.assert(
      fc.property(graph, ({ count, links }) => {
        const { nodes, paths, labels } = layoutOf(count, links);
        expect([nodes.length, paths.length, labels.length]).toEqual([
          count,
          links.length,
          links.length,
        ]);
        for (const [at, one] of nodes.entries()) {
          for (const two of nodes.slice(at + 1)) {
            const isBeside = Math.abs(one.x - two.x) >= NODE_WIDTH;
            expect(isBeside || Math.abs(one.y - two.y) >= NODE_HEIGHT).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are within the drawing', () => {
    fc.assert(
      fc.property(graph, ({ count, links }) => {
        const { nodes, width, height } = layoutOf(count, links);
        for (const { x, y } of nodes) {
          expect(x >= 0 && x + NODE_WIDTH <= width).toBe(true);
          expect(y - NODE_HEIGHT / 2 >= 0 && y + NODE_HEIGHT / 2 <= height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('go from left to right where nothing goes in circles', () => {
    fc.assert(
      fc.property(graph, ({ count, links }) => {
        const ahead = links.filter(({ from, to }) => from < to);
        const layers = layersOf(count, ahead);
        expect(ahead.every(({ from, to }) => layers[from]! < layers[to]!)).toBe(true);
      }),
    );
  });

  it('have no crossing where a drawing can do without', () => {
    const links: readonly Link[] = [
      { from: 0, to: 3 },
      { from: 1, to: 2 },
    ];
    const { nodes } = layoutOf(4, links);
    expect(nodes[0]!.y < nodes[1]!.y).toBe(nodes[3]!.y < nodes[2]!.y);
  });
});
