import { finding } from '../../decide.ts';
import { compared } from '../../drift/compare.ts';
import { equalityOf } from '../../drift/equal.ts';
import type { PairRule } from '../../drift/pair.ts';
import { bothOf, bothText, twinPlace } from '../../drift/words.ts';

export const dr06: PairRule = {
  id: 'DR06',
  name: 'a setting has another unit or type in the other environment',
  severity: 'high',
  formula:
    'the same key is a number here and a duration, size or truth value there, or exactly a ' +
    'thousand times as much',
  why:
    'one of the two is read wrong: seconds as milliseconds, or a text where a number is parsed, ' +
    'which becomes no limit at all',
  sources: [
    'https://www.usenix.org/conference/osdi16/technical-sessions/presentation/xu',
    'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Number/NaN',
  ],
  remedy: 'Write both in the same unit, and put the unit into the name of the key.',
  needs: ['the settings of both environments'],
  *decideBetween(pair) {
    for (const twin of compared(pair).twins) {
      if (twin.here.kind === 'differ' || equalityOf(twin) !== 'kind') continue;
      yield finding(`${twin.subject}: ${twin.name}`, {
        what: `another unit or type: ${bothText(twin, pair)}`,
        numbers: bothOf(twin, pair),
        passes: 'the same unit and type in both',
        at: twinPlace(twin),
      });
    }
  },
};
