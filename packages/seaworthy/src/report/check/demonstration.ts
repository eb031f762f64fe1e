import type { Demonstration } from '../../check/demonstration.ts';
import { evidenceText } from '../../check/evidence.ts';

/** What was simulated and what came of it, a sentence. */
export function demonstrationText(demonstration: Demonstration): string {
  const { fault, measure, asItIs, changed, unit, change, seeds, shown } = demonstration;
  const weather = fault === '' ? 'in calm weather' : `with ${fault}`;
  const range = (values: readonly number[]): string => {
    const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => {
      return evidenceText({ value, unit });
    });
    return least === most ? `${most}` : `${least} to ${most}`;
  };
  const last = seeds.at(-1);
  const by = seeds.length > 1 ? `seeds ${seeds[0]} to ${last}` : `seed ${last}`;
  const word = shown ? '' : 'not shown: ';
  return `${word}${weather}, ${measure}: ${range(asItIs)} as it is, ${range(changed)} with ${change} (${by})`;
}
