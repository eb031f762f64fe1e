import { effectiveValues } from './effective.ts';
import type { EffectiveValue } from './kinds.ts';
import type { Pair, Side } from './pair.ts';
import { variableKind } from './variable-kind.ts';
import { variableSets } from './variables.ts';

/** A setting that both environments have, and that may or may not be the same. */
export interface Twin {
  readonly subject: string;
  readonly name: string;
  readonly here: EffectiveValue;
  readonly there: EffectiveValue;
}

/** A part, with all its settings, that one environment does not have. */
export interface Single {
  readonly subject: string;
  readonly part: string;
  /** Whose it is. */
  readonly side: Side;
  readonly values: readonly EffectiveValue[];
  /** The other environment has not even the subject. */
  readonly isAlone: boolean;
}

export interface Comparison {
  readonly twins: readonly Twin[];
  readonly singles: readonly Single[];
}

const known = new WeakMap<Pair, Comparison>();

/** The settings of two environments beside each other. Rules share it. */
export function compared(pair: Pair): Comparison {
  const before = known.get(pair);
  if (before !== undefined) return before;
  const [here, there] = [keyed(pair.here), keyed(pair.there)];
  const twins = [...here].flatMap(([key, value]) => {
    const twin = there.get(key);
    if (twin === undefined) return [];
    return [{ subject: value.subject, name: value.name, here: value, there: twin }];
  });
  const singles = [...singlesOf(pair.here, here, there), ...singlesOf(pair.there, there, here)];
  const comparison = { twins, singles };
  known.set(pair, comparison);
  return comparison;
}

/** A name without what only tells environments apart: `web-staging` and `web-production`. */
export function plainName(name: string, environment: string): string {
  const word = environment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return name.replace(new RegExp(`(^${word}[-_.]|[-_.]${word}(?=$|[^A-Za-z0-9]))`, 'gi'), '');
}

type Keyed = ReadonlyMap<string, EffectiveValue>;

/**
 * All settings by subject and name; of several, the second is told from the first by its number.
 */
export function keyed(side: Side): Keyed {
  const values = new Map<string, EffectiveValue>();
  for (const value of [...effectiveValues(side.landscape), ...policyVariables(side)]) {
    const parts = value.subject.split(' -> ').map((name) => plainName(name, side.name));
    const subject = parts.join(' -> ');
    let key = `${subject}\n${value.name}`;
    for (let count = 2; values.has(key); count++) key = `${subject}\n${value.name}\n${count}`;
    values.set(key, { ...value, subject });
  }
  return values;
}

/** Environment variables of which the name says how they must stand to their twins. */
function policyVariables({ landscape }: Side): readonly EffectiveValue[] {
  return variableSets(landscape).flatMap(({ subject, variables }) =>
    variables.flatMap(({ name, value, secret }): readonly EffectiveValue[] => {
      const kind = variableKind(name, secret);
      if (kind === undefined || value === undefined) return [];
      const text = `environment ${name}`;
      return [{ subject, name: text, part: 'environment', kind, unit: 'text', ...value }];
    }),
  );
}

function singlesOf(side: Side, own: Keyed, other: Keyed): readonly Single[] {
  const subjects = new Set([...other.values()].map(({ subject }) => subject));
  const parts = new Set([...other.values()].map(({ subject, part }) => `${subject}\n${part}`));
  // Where the other has something of the part, each setting is missing for itself.
  const partOf = ({ subject, part, name }: EffectiveValue): string => {
    return parts.has(`${subject}\n${part}`) ? name : part;
  };
  const groups = new Map<string, EffectiveValue[]>();
  for (const [key, value] of own) {
    // DR01 looks at all variables, whatever their names say.
    if (other.has(key) || value.part === 'environment') continue;
    const isAlone = !subjects.has(value.subject);
    const group = isAlone ? value.subject : `${value.subject}\n${partOf(value)}`;
    groups.set(group, [...(groups.get(group) ?? []), value]);
  }
  return [...groups.values()].flatMap((values) => {
    const [first] = values;
    if (first === undefined) return [];
    const { subject } = first;
    return [{ subject, part: partOf(first), side, values, isAlone: !subjects.has(subject) }];
  });
}
