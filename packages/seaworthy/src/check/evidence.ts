import type { Setting } from '../model/import/landscape.ts';
import { durationText, numberText, rateText, shareText } from '../model/quantity-text.ts';
import type { Evidence, EvidenceUnit } from './finding.ts';

type Measured = (name: string, setting: Setting<number>) => Evidence;

function evidenceIn(unit: EvidenceUnit): Measured {
  return (name, { value, origin }) => ({ name, value, unit, origin });
}

/*
 * A number of a finding: its name, and the setting that it is. One function a unit.
 */

export const duration = evidenceIn('duration');
export const rate = evidenceIn('rate');
export const size = evidenceIn('size');
export const share = evidenceIn('share');
export const count = evidenceIn('count');

export function text(name: string, { value, origin }: Setting<string>): Evidence {
  return { name, value, unit: 'text', origin };
}

export function flag(name: string, { value, origin }: Setting<boolean>): Evidence {
  return { name, value, unit: 'text', origin };
}

/** What helps to understand a finding, and does not decide it. */
export function context(evidence: Evidence): Evidence {
  return { ...evidence, isContext: true };
}

/** As a reader writes it: `3 s`, `18`, `12.5/s`, `512 MiB`, `no limit`. */
export function evidenceText({ value, unit }: Pick<Evidence, 'value' | 'unit'>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (value === Infinity) return unit === 'duration' ? 'for ever' : 'no limit';
  switch (unit) {
    case 'duration':
      return durationText(value);
    case 'rate':
      return rateText(value);
    case 'share':
      return shareText(value);
    case 'size':
      return sizeText(value);
    case 'count':
    case 'text':
      return numberText(value);
  }
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `512 MiB`: memory is bought in powers of two. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < binary.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${numberText(value)} ${binary[unit]}`;
}
