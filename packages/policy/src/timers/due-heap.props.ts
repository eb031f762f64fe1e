import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueHeap } from './due-heap.ts';
import type { HeapItem } from './due-heap.ts';

function itemsOf(duesMs: readonly number[]): HeapItem[] {
  return duesMs.map((dueMs, dueSequence) => ({ heapIndex: -1, dueMs, dueSequence }));
}

function inOrder(items: readonly HeapItem[]): HeapItem[] {
  return items.toSorted((a, b) => a.dueMs - b.dueMs || a.dueSequence - b.dueSequence);
}

describe('DueHeap', () => {
  it('gives what is left in order, whichever have been removed', () => {
    const duesMs = fc.array(fc.nat(100), { minLength: 1, maxLength: 300, size: 'max' });
    const removed = fc.array(fc.nat(299), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(duesMs, removed, (dues, indices) => {
        const heap = new DueHeap<HeapItem>();
        const items = itemsOf(dues);
        for (const item of items) heap.insert(item);
        for (const index of indices) {
          const item = items[index];
          if (item !== undefined && item.heapIndex >= 0) heap.remove(item);
        }
        const expected = inOrder(items.filter(({ heapIndex }) => heapIndex >= 0));
        expect(heap.size).toBe(expected.length);
        const seen: HeapItem[] = [];
        for (let item = heap.first; item !== undefined; item = heap.first) {
          seen.push(item);
          heap.remove(item);
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
