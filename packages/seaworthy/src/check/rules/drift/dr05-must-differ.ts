import { finding } from '../../decide.ts';
import { compared, type Twin } from '../../drift/compare.ts';
import type { Pair, PairRule } from '../../drift/pair.ts';
import { namesOneThing } from '../../drift/shared-name.ts';
import { bothOf, shown, twinPlace } from '../../drift/words.ts';

export const dr05: PairRule = {
  id: 'DR05',
  name: 'environments share what each must have for itself',
  severity: 'critical',
  formula:
    'a credential, a bucket, or the public address of a database, queue, topic or webhook is the ' +
    'same in both; names that each network resolves for itself are not meant',
  why:
    'a rehearsal writes into the data of production, or a leak of the weaker environment opens ' +
    'the stronger one',
  sources: [
    'https://12factor.net/config',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  remedy: 'Give each environment its own, and keep that of production out of all others.',
  needs: ['the environment variables of both environments'],
  *decideBetween(pair) {
    for (const twin of compared(pair).twins) {
      const { here, there, name, subject } = twin;
      if (here.kind !== 'differ' || here.value !== there.value || here.value === '') continue;
      if (!isShared(twin)) continue;
      const variable = name.replace(/^environment /, '');
      yield finding(`${subject} ${variable}`, {
        what: `${variable} is the same in ${namesOf(pair)}: ${String(shown(there.value))}`,
        numbers: bothOf(twin, pair),
        passes: `a ${variable} of its own for ${pair.here.name}`,
        at: twinPlace(twin),
      });
    }
  },
};

/** Secrets are compared by their markers; a bucket has one name in the world. */
function isShared({ name, there }: Twin): boolean {
  const value = String(there.value);
  if (/^\(.*secret .*\)$/.test(value)) return true;
  // `${VAR}` is filled in by whoever starts it, here and there with something else.
  if (value.includes('${')) return false;
  return /bucket/i.test(name) || namesOneThing(value);
}

function namesOf({ here, there }: Pair): string {
  return `${here.name} and ${there.name}`;
}
