import type { Edge, Service, Step } from '../model.ts';
import type { Context } from './context.ts';
import type { EdgeTable } from './edges.ts';
import { deadlock } from './steps.ts';

/**
 * Locks are taken in the order of `rows`, also over calls: then no circle of requests can wait for
 * each other. Assumes that calls make no circle.
 */
export function checkLocks(context: Context, table: EdgeTable, services: readonly Service[]): void {
  if (context.rowsNames.length === 0) return;
  const edges = table.edges();
  const first = firstLocks(services, edges);
  for (const { steps } of services) {
    eachCall(steps, -1, (edge, held) => {
      const below = first(edge);
      if (held === -1 || below > held) return;
      const names = context.rowsNames;
      const { message, hint } = deadlock(names[below]!, names[held]!);
      const text = `below this call ${message}`;
      context.problems.atValue(context.root, table.usedAt(edge), text, hint);
    });
  }
}

/** The first of the rows that anything below an edge locks; Infinity for none. */
function firstLocks(services: readonly Service[], edges: readonly Edge[]) {
  const known = new Map<number, number>();
  const firstOf = (edge: number): number => {
    const before = known.get(edge);
    if (before !== undefined) return before;
    const { to, fallbacks } = edges[edge]!;
    let first = Infinity;
    eachLock(services[to]?.steps ?? [], (rows) => (first = Math.min(first, rows)));
    eachCall(services[to]?.steps ?? [], -1, (call) => (first = Math.min(first, firstOf(call))));
    for (const link of fallbacks) {
      if (link.kind === 'call') first = Math.min(first, firstOf(link.edge));
    }
    known.set(edge, first);
    return first;
  };
  return firstOf;
}

function eachLock(steps: readonly Step[], visit: (rows: number) => void): void {
  for (const step of steps) {
    if (step.kind === 'together') for (const branch of step.branches) eachLock(branch, visit);
    if (step.kind !== 'lock') continue;
    visit(step.rows);
    eachLock(step.steps, visit);
  }
}

/** Every call with the last rows that are locked during it, -1 for none. */
function eachCall(
  steps: readonly Step[],
  held: number,
  visit: (edge: number, held: number) => void,
): void {
  for (const step of steps) {
    if (step.kind === 'call') visit(step.edge, held);
    if (step.kind === 'lock') eachCall(step.steps, step.rows, visit);
    if (step.kind !== 'together') continue;
    for (const branch of step.branches) eachCall(branch, held, visit);
  }
}
