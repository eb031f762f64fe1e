import type { AdmissionSettings } from '@seaworthy/policy/engine';
import { criticalityNames } from '@seaworthy/policy/engine';
import type { AdmissionEntry, CriticalityEntry } from '../schema/admission.ts';

export function admissionSettings(entry: AdmissionEntry): AdmissionSettings {
  return { targetMs: entry.target, intervalMs: entry.interval };
}

/** The share of each class, by its number; together 1. */
export function criticalityShares(entry: CriticalityEntry): readonly number[] {
  const given = typeof entry === 'string' ? { [entry]: 1 } : entry;
  const shares = criticalityNames.map((name) => given[name] ?? 0);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
