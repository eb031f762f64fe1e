import { durationText, numberText, rateText, shareText } from '../seaworthy.ts';
import type { Unit } from './chart-data.ts';

export function valueText(unit: Unit, value: number): string {
  if (!Number.isFinite(value)) return '–';
  switch (unit) {
    case 'perSecond':
      return rateText(value);
    case 'ms':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'number':
      return numberText(value);
  }
}
