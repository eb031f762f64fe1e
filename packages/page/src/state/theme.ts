import { computed, effect, signal } from '@preact/signals';

import { readPalette } from '../chart/tones.ts';
import { theme } from './view.ts';

const wanted = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(wanted.matches);
wanted.addEventListener('change', (event) => {
  systemDark.value = event.matches;
});

/** Paper is white. */
const printing = signal(false);

const isDark = computed(() => {
  if (printing.value) return false;
  return theme.value === 'auto' ? systemDark.value : theme.value === 'dark';
});

/** Read after the theme is in place. */
export const palette = signal(readPalette());

effect(() => {
  document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
  palette.value = readPalette();
});
