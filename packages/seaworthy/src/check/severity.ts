import type { Origin } from '../model/import/landscape.ts';

/** How bad it is when it happens, worst first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;

export type Severity = (typeof severities)[number];

/** How sure the numbers of a finding are, surest first. */
export const confidences = ['declared', 'measured', 'defaulted', 'guessed'] as const;

export type Confidence = (typeof confidences)[number];

const confidenceOf: Readonly<Record<Origin['kind'], Confidence>> = {
  file: 'declared',
  trace: 'measured',
  default: 'defaulted',
  guess: 'guessed',
};

/** The confidence of the weakest origin. Of none: declared. */
export function confidenceIn(origins: Iterable<Origin>): Confidence {
  let weakest = 0;
  for (const { kind } of origins) {
    weakest = Math.max(weakest, confidences.indexOf(confidenceOf[kind]));
  }
  return confidences[weakest]!;
}

/**
 * One level lower where what decides is a default or a guess: nobody chose it, and somebody may
 * have changed it where we cannot see.
 */
export function severityAt(severity: Severity, confidence: Confidence): Severity {
  if (confidence === 'declared' || confidence === 'measured') return severity;
  return severities[Math.min(severities.indexOf(severity) + 1, severities.length - 1)]!;
}
