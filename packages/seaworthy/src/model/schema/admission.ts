import { criticalityNames } from '@seaworthy/policy/engine';
import { z } from 'zod';
import { key, map, valueNotes, wrong } from './notes.ts';
import { positiveDuration, positiveShare } from './quantities.ts';
import { word } from './values.ts';

/** Of a service at its door, or of a caller before its limit. */
export const admission = map('an admission', {
  target: key(
    positiveDuration().prefault('20ms'),
    'the mean queue wait beyond which the least critical are shed',
  ),
  interval: key(
    positiveDuration().prefault('1s'),
    'how often it is judged what share to shed; after 2000 requests at the latest',
  ),
});

export type AdmissionEntry = z.output<typeof admission>;

/** Shares of decimals: 33.3% three times is near enough. */
const tolerance = 0.002;

const shares = z
  .partialRecord(z.enum(criticalityNames), positiveShare(), {
    error: wrong(
      'not shares of classes',
      `a share for some of ${criticalityNames.join(', ')}: { critical: 10%, sheddable: 90% }`,
    ),
  })
  .refine((it) => Math.abs(Object.values(it).reduce(sum, 0) - 1) <= tolerance, {
    error: wrong('the shares are not the whole', 'make them 100% together'),
  })
  .register(valueNotes, {
    what: 'shares of classes',
    range: '100% together',
    example: '{ critical: 10%, sheddable: 90% }',
  });

function sum(total: number, share: number | undefined): number {
  return total + (share ?? 0);
}

const single = word('a criticality', criticalityNames);

/** How much the tasks of a source matter. */
export const criticality = z
  .union([single, shares], {
    error: wrong(
      'not a criticality',
      `one of: ${criticalityNames.join(', ')}, or shares: { critical: 10%, sheddable: 90% }`,
    ),
  })
  .prefault('critical');

export type CriticalityEntry = z.output<typeof criticality>;
