import type { Landscape } from '../../model/import/landscape.ts';
import { checkBetween } from '../check.ts';
import type { Pair, PairRule } from '../drift/pair.ts';
import { resultText } from './cases.ts';
import { variablesLandscape } from './variables.ts';

/** All that a rule says of two environments. */
export function pairMessages(rule: PairRule, here: Landscape, there: Landscape): string {
  return resultText(checkBetween(pairOf(here, there), [rule]));
}

/** The same, of two dotenv files. */
export function variableMessages(rule: PairRule, here: string, there: string): string {
  return pairMessages(
    rule,
    variablesLandscape(here, 'staging'),
    variablesLandscape(there, 'production'),
  );
}

function pairOf(here: Landscape, there: Landscape): Pair {
  return {
    here: { name: 'staging', landscape: here },
    there: { name: 'production', landscape: there },
  };
}
