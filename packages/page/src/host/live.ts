import { signal } from '@preact/signals';

import { first, second, shown } from '../state/view.ts';
import { Reading } from './reading.ts';

/** Whether the page still listens to its server. */
export const listening = signal(false);

/** The records that have not begun yet. */
export const awaited = signal<readonly string[]>([]);

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
  const labels: string[] = [];
  let ended = 0;
  source.addEventListener('message', (event) => {
    const { run, label, head, lines = [], end } = JSON.parse(String(event.data)) as Message;
    const known = readings[run];
    labels[run] = label ?? '';
    if (known === undefined && head !== undefined) readings[run] = new Reading(labels[run], head);
    else if (head !== undefined) known?.update(head);
    for (const line of lines) readings[run]?.take(line);
    listening.value = true;
    if (end === true && ++ended === labels.length) {
      source.close();
      listening.value = false;
    }
    awaited.value = labels.filter((_, at) => readings[at] === undefined);
    if (awaited.value.length === 0) show(readings);
  });
  source.addEventListener('error', () => {
    listening.value = false;
    // A server that has gone is no server: what it said stays.
    source.close();
    if (labels.length === 0) onNothing();
  });
}

function show(readings: readonly Reading[]): void {
  const isFirst = shown.value === undefined;
  const runs = readings.map(({ run }) => run);
  if (isFirst) first.value = 0;
  second.value = isFirst && runs.length > 1 ? 1 : second.value;
  shown.value = { schema: 1, runs, compared: true, limits: undefined };
}
