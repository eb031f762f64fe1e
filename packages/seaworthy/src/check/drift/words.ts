import type { FileOrigin } from '../../model/import/landscape.ts';
import { evidenceText } from '../evidence.ts';
import type { Evidence } from '../finding.ts';
import type { Twin } from './compare.ts';
import type { EffectiveValue } from './kinds.ts';
import type { Pair, Side } from './pair.ts';

/** A value as a number of a finding. */
export function evidenceOf({ name, value, unit, origin }: EffectiveValue, side: Side): Evidence {
  return { name: `${name} in ${side.name}`, value: shown(value), unit, origin };
}

/** Markers of secrets are of one process, and say nothing to people. */
export function shown<T>(value: T): T | string {
  return typeof value === 'string' ? value.replace(/\((test )?secret \w+\)/g, '(secret)') : value;
}

/** Both, the rehearsed one first. */
export function bothOf({ here, there }: Twin, pair: Pair): readonly Evidence[] {
  return [evidenceOf(here, pair.here), evidenceOf(there, pair.there)];
}

/** `3 s in staging, 10 s in production`. */
export function bothText({ here, there }: Twin, pair: Pair): string {
  return `${evidenceText(here)} in ${pair.here.name}, ${evidenceText(there)} in ${pair.there.name}`;
}

/** Where somebody wrote one of them, production first: that is what has to be right. */
export function twinPlace({ here, there }: Twin): FileOrigin | undefined {
  return [there.origin, here.origin].find((origin) => origin.kind === 'file');
}
