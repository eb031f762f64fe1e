import { otherNode } from '../../../scripts/other-node.mjs';
import { median, short, table, times } from '../print.ts';
import { measureOn } from '../process.ts';
import { flags, wraps } from './cost.ts';
import type { CallCost } from './cost.ts';

/** Odd, so that the median is one of the rounds. */
const ROUNDS = 5;

const BARE = 'bare await';

/** What the library costs beside its peers, on this Node and on another: each a race. */
export function racesOfLibraries(): (() => Promise<string>)[] {
  const nodes = [process.execPath, otherNode()].filter((node) => node !== undefined);
  return nodes.map((node) => () => raceOn(node));
}

async function raceOn(node: string): Promise<string> {
  const version = await measureOn({ node, flags: [] }, 'version');
  const names = Object.keys(wraps);
  const calls = new Map<string, CallCost[]>(names.map((name) => [name, []]));
  const crowds = new Map<string, CallCost[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    console.error(`${version}: round ${round} of ${ROUNDS} of the libraries`);
    for (const name of names) {
      calls.get(name)!.push(await measureOn({ node, flags }, 'call', name));
      crowds.get(name)!.push(await measureOn({ node, flags }, 'crowd', name));
    }
  }
  const bare = nsOf(calls.get(BARE)!);
  const ours = nsOf(calls.get('four and a budget')!) - bare;
  const rows = names.map((name) => {
    const alone = calls.get(name)!;
    const crowd = crowds.get(name)!;
    const more = nsOf(alone) - bare;
    return [
      name,
      short(nsOf(alone)),
      name === BARE ? '' : short(more),
      name === BARE ? '' : times(more / ours),
      bytesOf(alone),
      short(nsOf(crowd)),
      bytesOf(crowd),
    ];
  });
  const title = `${version}: a call of a function that resolves at once, and 10,000 in flight`;
  const head = ['', 'ns', 'more', 'of our four', 'bytes', 'ns, crowd', 'bytes, crowd'];
  return table(title, [head, ...rows]);
}

function nsOf(rounds: readonly CallCost[]): number {
  return median(rounds.map((round) => round.nsPerCall));
}

function bytesOf(rounds: readonly CallCost[]): string {
  const known = rounds.map((round) => round.bytesPerCall).filter((bytes) => bytes !== null);
  return known.length === 0 ? 'unknown' : short(median(known));
}
