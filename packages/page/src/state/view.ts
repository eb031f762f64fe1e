import { computed, signal } from '@preact/signals';

import type { PageDocument, PageRun } from '../seaworthy.ts';

/** A part of the run, in milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Which part of the system the page is about. */
export type Focus =
  | { readonly kind: 'all' }
  | { readonly kind: 'edge' | 'service'; readonly name: string };

export const everything: Focus = { kind: 'all' };

/** What is shown. Undefined as long as there is nothing yet. */
export const shown = signal<PageDocument | undefined>(undefined);

/** As long as something may still come by itself. */
export const waiting = signal(true);

/** What is below the first screen may be drawn: the top has been. */
export const settled = signal(false);

/** Which run is drawn in full, and which as thin lines beside it; undefined: none. */
export const first = signal(0);
export const second = signal<number | undefined>(undefined);

export const run = computed<PageRun | undefined>(() => shown.value?.runs[first.value]);

export const other = computed<PageRun | undefined>(() => {
  const { value } = second;
  return value === undefined || value === first.value ? undefined : shown.value?.runs[value];
});

/** The part that is drawn; undefined: all of it. */
export const chosen = signal<Span | undefined>(undefined);

/** The moment that all of the page speaks of; undefined: none. */
export const cursorMs = signal<number | undefined>(undefined);

/** A cursor that was set by a click or a key stays where it is when the pointer moves on. */
export const pinned = signal(false);

export const focus = signal<Focus>(everything);

/** By which column the calls are sorted; undefined: what is worth a look, then as in the file. */
export const sorting = signal<{ readonly key: string; readonly down: boolean } | undefined>(
  undefined,
);

/** The finding that is being told, and the step of it. */
export const story = signal<{ readonly finding: number; readonly step: number } | undefined>(
  undefined,
);

export const theme = signal<'auto' | 'light' | 'dark'>('auto');

export const lengthMs = computed(() => {
  const { value } = run;
  return value === undefined ? 0 : (value.toMs.at(-1) ?? value.header.durationMs);
});

/** What numbers are taken from: the chosen part, or all that counts. */
export const counted = computed<Span>(() => {
  const warmUpMs = run.value?.header.warmUpMs ?? 0;
  const isOver = warmUpMs < lengthMs.value;
  return chosen.value ?? { fromMs: isOver ? warmUpMs : 0, toMs: lengthMs.value };
});

export const span = computed<Span>(() => chosen.value ?? { fromMs: 0, toMs: lengthMs.value });
