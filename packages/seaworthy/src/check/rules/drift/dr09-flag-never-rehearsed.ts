import { finding } from '../../decide.ts';
import { plainName } from '../../drift/compare.ts';
import { meaningOf } from '../../drift/meaning.ts';
import type { PairRule, Side } from '../../drift/pair.ts';
import { wordsIn } from '../../drift/variable-kind.ts';
import { variableSets } from '../../drift/variables.ts';
import type { FileOrigin, Variable } from '../../../model/import/landscape.ts';

export const dr09: PairRule = {
  id: 'DR09',
  name: 'a flag is on in production and was off in the rehearsal',
  severity: 'high',
  formula: 'a variable that is named as a flag is on there and off here',
  why: 'the path that production takes is one that no rehearsal has ever taken',
  sources: ['https://martinfowler.com/articles/feature-toggles.html'],
  remedy: 'Rehearse with the flags as production has them.',
  needs: ['the flags of both environments'],
  *decideBetween({ here, there }) {
    const rehearsed = flagsOf(here);
    for (const [id, flag] of flagsOf(there)) {
      const before = rehearsed.get(id);
      if (before === undefined || before.isOn || !flag.isOn) continue;
      yield finding(id, {
        what: `${flag.name} is on in ${there.name}, and off in ${here.name}`,
        numbers: [
          {
            name: `${flag.name} in ${here.name}`,
            value: before.text,
            unit: 'text',
            origin: before.at,
          },
          {
            name: `${flag.name} in ${there.name}`,
            value: flag.text,
            unit: 'text',
            origin: flag.at,
          },
        ],
        passes: `${flag.name} on in ${here.name}`,
        at: flag.at,
      });
    }
  },
};

interface Flag {
  readonly name: string;
  readonly text: string;
  readonly isOn: boolean;
  readonly at: FileOrigin;
}

function flagsOf(side: Side): ReadonlyMap<string, Flag> {
  return new Map(
    variableSets(side.landscape).flatMap(({ subject, variables }) =>
      variables.flatMap((variable) => {
        const flag = flagOf(variable);
        return flag === undefined ? [] : [[`${plainName(subject, side.name)} ${flag.name}`, flag]];
      }),
    ),
  );
}

const flagWords = new Set(['feature', 'flag', 'flags', 'enable', 'enabled', 'use']);

function flagOf({ name, value, at }: Variable): Flag | undefined {
  if (value === undefined || !wordsIn(name).some((word) => flagWords.has(word))) return undefined;
  const meaning = meaningOf(value.value, name);
  const isOn = meaning.kind === 'truth' ? meaning.value : value.value === '1';
  if (meaning.kind !== 'truth' && !/^[01]$/.test(value.value)) return undefined;
  return { name, text: value.value, isOn, at };
}
