import { computed, effect, signal } from '@preact/signals';

import { readPalette } from '../chart/tones.ts';
import { theme } from './view.ts';

const wanted = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(wanted.matches);
wanted.addEventListener('change', (event) => {
  systemDark.value = event.matches;
});

/** Paper is white, and has room for all findings. */
const printing = signal(false);

const isDark = computed(() => {
  if (printing.value) return false;
  return theme.value === 'auto' ? systemDark.value : theme.value === 'dark';
});

/** Read after the theme is in place: canvases are painted with it, not styled. */
export const palette = signal(readPalette());

effect(() => {
  // Canvases that come into sight on paper have never been painted.
  void printing.value;
  document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
  palette.value = readPalette();
});

export function toggleTheme(): void {
  theme.value = isDark.value ? 'light' : 'dark';
}

/** What was opened for the paper is closed after it. */
export function listenToPrinter(): void {
  let opened: readonly HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    const all = document.querySelectorAll<HTMLDetailsElement>('.findings > li details:not(.twin)');
    opened = [...all].filter((details) => !details.open);
    for (const details of opened) details.open = true;
    printing.value = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    printing.value = false;
  });
}
