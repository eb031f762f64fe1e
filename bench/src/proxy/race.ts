import { stream } from '@seaworthy/policy/engine';
import { median, short, table, times } from '../print.ts';
import {
  connectionsPerSecond,
  latencies,
  type LatencyRound,
  megabytesPerSecond,
  requestsPerSecond,
} from './measure.ts';
import { type Estimate, estimate, Pool } from './pool.ts';
import { type Player, startRole, startToxiproxy } from './player.ts';

/** Odd, so that the median is one of the rounds. */
const ROUNDS = 5;
/** Of one candidate, in a round; in all rounds 1,000 lie above p99. */
const REQUESTS = 10_000;
const LATENCY_ROUNDS = 10;
const CONNECTIONS = 32;

const BARE = 'bare pipe';
const ours = ['seaworthy, bytes', 'seaworthy, HTTP', 'seaworthy, HTTP, a fault up'];

/** What standing in between costs, beside the least that Node can do, and beside Toxiproxy. */
export async function raceOfProxies(): Promise<string> {
  const callee = await startRole('callee');
  const players: Player[] = [{ ...callee, name: 'no proxy' }];
  for (const role of [BARE, ...ours]) players.push(await startRole(role, callee.port));
  const toxiproxy = await startToxiproxy(callee.port);
  if (toxiproxy === undefined) console.log('No toxiproxy-server is at hand: it is left out.');
  else players.push(toxiproxy);
  try {
    return `${await addedLatency(players)}${await throughput(players)}`;
  } finally {
    for (const player of players) player.stop();
  }
}

async function addedLatency(players: readonly Player[]): Promise<string> {
  const rounds: LatencyRound[][] = [];
  for (let round = 0; round < LATENCY_ROUNDS; round++) {
    rounds.push(await latencies(players, REQUESTS));
  }
  const pools = players.map((_, index) => new Pool(rounds.flatMap((each) => each[index]!.turns)));
  const turns = rounds.flatMap((each) => each[0]!.turns).length;
  const once = new Uint32Array(turns).fill(1);
  const random = stream(1, 'proxy', 'turns');
  const added = (index: number, share: number, counts: Uint32Array): number =>
    pools[index]!.quantile(share, counts) - pools[0]!.quantile(share, counts);
  const cells = (index: number, share: number): string[] => {
    const us = short(added(index, share, once));
    if (index === 1) return [us, ''];
    const ratio = (counts: Uint32Array): number =>
      added(index, share, counts) / added(1, share, counts);
    return [us, within(estimate(turns, random, ratio))];
  };
  const rows = players.map(({ name }, index) => {
    const own = [0.5, 0.99].map((share) => short(pools[index]!.quantile(share, once)));
    if (index === 0) return [name, ...own, '', '', '', '', ''];
    const cpu = rounds.map((round) => round[index]!.cpuUs).filter((us) => us !== undefined);
    const cpuUs = cpu.length === 0 ? 'unknown' : short(median(cpu));
    return [name, ...own, ...cells(index, 0.5), ...cells(index, 0.99), cpuUs];
  });
  const head = ['', 'p50', 'p99', 'added p50', 'of bare', 'added p99', 'of bare', 'its cpu'];
  const title = 'Microseconds a request, one at a time on one connection, candidates in turns';
  return table(`${title} (95 % intervals)`, [head, ...rows]);
}

function within({ value, low, high }: Estimate): string {
  return `${value.toFixed(2)} x (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

async function throughput(players: readonly Player[]): Promise<string> {
  const kinds = {
    'requests/s': (port: number) => requestsPerSecond(port, CONNECTIONS),
    'MB/s': megabytesPerSecond,
    'connections/s': connectionsPerSecond,
  };
  const figures = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [kind, take] of Object.entries(kinds)) {
      for (const { name, port } of players) {
        const key = keyOf(name, kind);
        figures.set(key, [...(figures.get(key) ?? []), await take(port)]);
      }
    }
  }
  const rows = players.map(({ name }) => {
    const cells = Object.keys(kinds).flatMap((kind) => {
      const value = median(figures.get(keyOf(name, kind))!);
      const bare = median(figures.get(keyOf(BARE, kind))!);
      return [short(value), name === BARE ? '' : times(value / bare)];
    });
    return [name, ...cells];
  });
  const head = ['', ...Object.keys(kinds).flatMap((kind) => [kind, 'of bare'])];
  return table(`${CONNECTIONS} connections; one stream; connections with a request each`, [
    head,
    ...rows,
  ]);
}

function keyOf(name: string, kind: string): string {
  return `${name} ${kind}`;
}
