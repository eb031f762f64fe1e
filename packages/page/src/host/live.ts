import { signal } from '@preact/signals';

import { first, second, shown } from '../state/view.ts';
import { Reading } from './reading.ts';

/** Whether the page still listens to its server. */
export const listening = signal(false);

/** What the server sends: the head of a record, and its lines as they are written. */
interface Message {
  readonly run: number;
  readonly label?: string;
  readonly head?: unknown;
  readonly lines?: readonly string[];
  /** Nothing more will come. */
  readonly end?: boolean;
}

/** Shows the runs that the server of this page reads, while they are written. */
export function listen(onNothing: () => void): void {
  const source = new EventSource('events');
  const readings: Reading[] = [];
  let ended = 0;
  source.addEventListener('message', (event) => {
    const { run, label, head, lines = [], end } = JSON.parse(String(event.data)) as Message;
    const known = readings[run];
    if (known === undefined) readings[run] = new Reading(label ?? '', head);
    else if (head !== undefined) known.update(head);
    for (const line of lines) readings[run]?.take(line);
    listening.value = true;
    if (end === true && ++ended === readings.length) {
      source.close();
      listening.value = false;
    }
    show(readings);
  });
  source.addEventListener('error', () => {
    listening.value = false;
    // A server that has gone is no server: what it said stays.
    source.close();
    if (readings.length === 0) onNothing();
  });
}

function show(readings: readonly Reading[]): void {
  const isFirst = shown.value === undefined;
  const runs = readings.map(({ run }) => run);
  if (isFirst) first.value = 0;
  second.value = isFirst && runs.length > 1 ? 1 : second.value;
  shown.value = { schema: 1, runs, compared: true, limits: undefined };
}
