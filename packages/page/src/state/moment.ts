import { computed } from '@preact/signals';

import { chosen, cursorMs, lengthMs, run } from './view.ts';

/** How far into a finding it shows: its beginning is still as before. */
const INTO = 0.25;

/** The moment that is shown: that of the cursor, or one that is worth a look. */
export const momentMs = computed(() => {
  if (cursorMs.value !== undefined) return cursorMs.value;
  const part = chosen.value;
  if (part !== undefined) return (part.fromMs + part.toMs) / 2;
  const finding = run.value?.verdict?.findings[0];
  if (finding !== undefined) return finding.fromMs + (finding.toMs - finding.fromMs) * INTO;
  return lengthMs.value / 2;
});

/** Moments at which something happened, each once, in order. */
export const happenings = computed(() => {
  const events = run.value?.events ?? [];
  return [...new Set(events.map(({ atMs }) => atMs))];
});
