import { editDistance } from '../../../model/nearest.ts';
import { finding } from '../../decide.ts';
import { variableSets } from '../../drift/variables.ts';
import type { Rule } from '../../rule.ts';

/** Two letters are a slip; three are another word. */
const distanceMax = 2;
/** `PORT` and `HOST` are two letters apart, and both are right. */
const shortest = 6;

export const dr02: Rule = {
  id: 'DR02',
  name: 'a variable is set under a misspelled name',
  severity: 'medium',
  formula:
    'a variable that no code reads is one or two letters away from one that code reads and nobody sets',
  why: 'the setting has no effect: the code goes on with its default, and the file says otherwise',
  sources: ['https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance'],
  remedy: 'Write the name as the code has it.',
  needs: ['environment variables', 'the source code that reads them'],
  *decide(landscape) {
    const { variableReads } = landscape;
    if (variableReads.length === 0) return;
    const read = new Set(variableReads.map(({ name }) => name));
    const sets = variableSets(landscape);
    const set = new Set(sets.flatMap(({ variables }) => variables.map(({ name }) => name)));
    const wanted = variableReads.filter(({ name }) => !set.has(name));
    for (const { subject, variables } of sets) {
      for (const { name, at } of variables) {
        if (read.has(name) || name.length < shortest) continue;
        const meant = wanted.find((it) => editDistance(name, it.name) <= distanceMax);
        if (meant === undefined) continue;
        yield finding(`${subject} ${name}`, {
          what: `nothing reads ${name}; the code reads ${meant.name}, which is not set`,
          numbers: [
            { name: 'set', value: name, unit: 'text', origin: at },
            { name: 'read', value: meant.name, unit: 'text', origin: meant.at },
          ],
          passes: `${meant.name} instead of ${name}`,
          at,
        });
      }
    }
  },
};
