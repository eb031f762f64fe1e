import type { FileOrigin, Origin } from '../model/import/landscape.ts';
import type { Lack, Suspicion } from './finding.ts';

/** A finding as rules write it. */
export function finding(subject: string, rest: Omit<Suspicion, 'kind' | 'subject'>): Suspicion {
  return { kind: 'finding', subject, ...rest };
}

/** What a rule lacks to decide about a subject. */
export function lacks(subject: string, input: string): Lack {
  return { kind: 'lacks', subject, input };
}

/** The first of these origins that is a place in a file. */
export function placeOf(...origins: readonly (Origin | undefined)[]): FileOrigin | undefined {
  return origins.find((origin) => origin?.kind === 'file');
}
