import type { PageDocument } from '../seaworthy.ts';
import { first, second, shown } from './view.ts';

/** Shows what was read: the first run, and the second beside it where the two are compared. */
export function open(document: PageDocument): void {
  first.value = 0;
  second.value = document.compared && document.runs.length > 1 ? 1 : undefined;
  shown.value = document;
}

/** The run beside comes to the front. */
export function swap(): void {
  if (second.value === undefined) return;
  [first.value, second.value] = [second.value, first.value];
}
