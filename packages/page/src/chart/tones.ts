import type { Tone } from './chart-data.ts';

/** The colours of a canvas are options, not style: they are read again when the theme changes. */
export interface Palette {
  readonly tones: Readonly<Record<Tone, string>>;
  readonly grid: string;
  readonly axis: string;
  readonly page: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    tones: {
      ink: token('ink'),
      accent: token('accent'),
      good: token('good'),
      bad: token('bad'),
      unsure: token('unsure'),
      violet: token('violet'),
      teal: token('teal'),
      quiet: token('quiet'),
    },
    grid: token('hair'),
    axis: token('quiet'),
    page: token('page'),
  };
}
