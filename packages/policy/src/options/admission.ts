import type { AdmissionSettings } from '../call/settings.ts';
import { fields, positiveDuration } from './reader.ts';
import type { Reader } from './reader.ts';

const admissionFields = fields({
  target: [positiveDuration, 20],
  interval: [positiveDuration, 1000],
});

export const admission: Reader<AdmissionSettings> = (value, at) => {
  const { target, interval } = admissionFields(value, at);
  return { targetMs: target, intervalMs: interval };
};
