import type { AdmissionSettings } from '../call/settings.ts';
import { fields, positiveDuration } from './reader.ts';
import type { Reader } from './reader.ts';

export const admission: Reader<AdmissionSettings> = fields({
  target: [positiveDuration, 20, 'targetMs'],
  interval: [positiveDuration, 1000, 'intervalMs'],
});
