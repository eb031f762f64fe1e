import { median, short, spread, table, times } from '../print.ts';
import {
  connectionsPerSecond,
  latencies,
  type LatencyRound,
  megabytesPerSecond,
  requestsPerSecond,
} from './measure.ts';
import { type Player, startRole, startToxiproxy } from './player.ts';

/** Odd, so that the median is one of the rounds. */
const ROUNDS = 5;
const REQUESTS = 10_000;
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
  for (let round = 0; round < ROUNDS; round++) rounds.push(await latencies(players, REQUESTS));
  const added = (index: number, key: 'p50Us' | 'p99Us'): number[] =>
    rounds.map((round) => round[index]![key] - round[0]![key]);
  const rows = players.map(({ name }, index) => {
    const cpu = rounds.map((round) => round[index]!.cpuUs).filter((us) => us !== undefined);
    const row = [
      name,
      short(median(rounds.map((round) => round[index]!.p50Us))),
      short(median(rounds.map((round) => round[index]!.p99Us))),
    ];
    if (index === 0) return [...row, '', '', '', '', ''];
    const [p50, p99] = [added(index, 'p50Us'), added(index, 'p99Us')];
    const ofBare = p50.map((us, round) => us / added(1, 'p50Us')[round]!);
    return [
      ...row,
      short(median(p50)),
      short(median(p99)),
      times(median(ofBare)),
      spread(ofBare),
      cpu.length === 0 ? 'unknown' : short(median(cpu)),
    ];
  });
  const head = ['', 'p50', 'p99', 'added p50', 'added p99', 'of bare', 'rounds', 'its cpu'];
  const title = 'Microseconds a request, one at a time on one connection, candidates in turns';
  return table(title, [head, ...rows]);
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
