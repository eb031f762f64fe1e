import { valueText } from '../chart/units.ts';
import { text } from '../text/english.ts';
import type { Replicas } from './replicas.ts';

const words = text.replicas;

/** A share of failures that is worth a word. */
const FAILED = 0.01;

/** What the strips of some replicas show, for those who do not see them. */
export function replicasSentence({ sums, left }: Replicas): string {
  const name = (replica: number): string => words.name(replica + 1);
  const timed = sums
    .filter(({ meanMs }) => !Number.isNaN(meanMs))
    .toSorted((one, two) => two.meanMs - one.meanMs);
  const [slowest, fastest] = [timed[0], timed.at(-1)];
  const worst = sums
    .filter(({ failed }) => failed > FAILED)
    .toSorted((one, two) => two.failed - one.failed)[0];
  const silent = sums.filter(({ arrivedPerSecond }) => arrivedPerSecond === 0);
  const sentences = [
    slowest !== undefined && fastest !== undefined && slowest !== fastest
      ? words.slowest(
          name(slowest.replica),
          valueText('ms', slowest.meanMs),
          name(fastest.replica),
          valueText('ms', fastest.meanMs),
        )
      : '',
    worst === undefined ? '' : words.most(name(worst.replica), valueText('share', worst.failed)),
    silent.length === 0 ? '' : words.silent(silent.map(({ replica }) => name(replica)).join(', ')),
    left > 0 ? words.left(left) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
