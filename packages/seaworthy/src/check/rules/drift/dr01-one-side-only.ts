import type { Variable } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { plainName } from '../../drift/compare.ts';
import type { Pair, PairRule, Side } from '../../drift/pair.ts';
import { variableSets } from '../../drift/variables.ts';
import type { Decision } from '../../finding.ts';

export const dr01: PairRule = {
  id: 'DR01',
  name: 'a variable is set in one environment only',
  severity: 'medium',
  formula:
    'a key is set for the same part in one environment and not in the other; high where the code ' +
    'reads it and has no value of its own',
  why:
    'what runs in production takes another path than what was rehearsed, or does not start, and ' +
    'nothing says so before',
  sources: ['https://12factor.net/config', 'https://12factor.net/dev-prod-parity'],
  remedy: 'Set it in both environments, or in none; where a default is meant, set it to that.',
  needs: ['the environment variables of both environments'],
  *decideBetween({ here, there }) {
    yield* missing({ here, there });
    yield* missing({ here: there, there: here });
  },
};

/** What the first has and the second has not. */
function* missing({ here, there }: Pair): Iterable<Decision> {
  const others = new Map(
    setsOf(there).map(({ subject, variables }) => {
      return [subject, new Set(variables.map(({ name }) => name))] as const;
    }),
  );
  for (const { subject, variables } of setsOf(here)) {
    const other = others.get(subject);
    // A part that is missing as a whole is another finding.
    if (other === undefined) continue;
    for (const variable of variables) {
      if (!other.has(variable.name)) yield missingVariable(subject, variable, here, there);
    }
  }
}

function setsOf(side: Side) {
  return variableSets(side.landscape).map((set) => {
    return { ...set, subject: plainName(set.subject, side.name) };
  });
}

function missingVariable(subject: string, variable: Variable, has: Side, lacks: Side): Decision {
  const { name, at } = variable;
  const read = lacks.landscape.variableReads.find((it) => it.name === name && !it.hasDefault);
  const reads = read === undefined ? '' : ', and the code that reads it has no default';
  const origin = read === undefined ? [] : [read.at];
  return finding(`${subject} ${name}`, {
    severity: read === undefined ? 'medium' : 'high',
    what: `${name} is set in ${has.name} and not in ${lacks.name}${reads}`,
    numbers: [
      { name: `${name} in ${has.name}`, value: 'set', unit: 'text', origin: at },
      ...origin.map((place) => {
        return {
          name: 'read without a default',
          value: 'yes',
          unit: 'text',
          origin: place,
        } as const;
      }),
    ],
    passes: `${name} in ${lacks.name} as well, or in neither`,
    at,
  });
}
