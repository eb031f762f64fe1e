import type { Values } from '../client/template.ts';
import type { LoadPlan } from '../plan.ts';

/** What the request of an arrival is filled in with. */
export function valuesOf({ rows = [], source, seed }: LoadPlan, number: number): Values {
  const task = `${encodeURIComponent(source)}-${seed}-${number}`;
  return rows.length === 0 ? { task } : { task, ...rows[number % rows.length] };
}
