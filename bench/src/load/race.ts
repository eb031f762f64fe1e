import { median, short, spread, times } from '../print.ts';
import { measure } from '../process.ts';
import { startNginx } from './nginx.ts';
import type { LoadRound } from './ours.ts';
import { autocannon, wrk } from './peers.ts';
import { startStallingServer, waitsOfUsers } from './stalls.ts';

const WARM_UP_SECONDS = 1;
const OPEN_SECONDS = 8;
const RATES = [5000, 10_000, 20_000];

/** Odd, so that the median is one of the rounds. */
const ROUNDS = 3;
const CLOSED_SECONDS = 4;
const CONNECTIONS = 64;

/** Two stalls of the server. */
const STALL_SECONDS = 20;
const STALL_PER_SECOND = 200;
const STALL_CONNECTIONS = 10;

/** Each row is printed when it is known. */
function printRow(cells: readonly (string | number)[]): void {
  const [name, ...rest] = cells;
  const row = rest.map((cell) => `${cell}`.padStart(10)).join('  ');
  console.log(`  ${`${name}`.padEnd(26)}${row}`);
}

function printHead(title: string, cells: readonly string[]): void {
  console.log(`\n${title}\n`);
  printRow(['', ...cells]);
}

/** The load generator: is it on time, how fast can it be, and does it count those who wait. */
export async function raceOfGenerators(): Promise<string> {
  const nginx = await startNginx();
  if (nginx !== undefined) {
    try {
      await punctuality(nginx.port);
      await highestRate(nginx.port);
    } finally {
      await nginx.end();
    }
  }
  await coordinatedOmission();
  return '';
}

async function punctuality(port: number): Promise<void> {
  printHead(
    `Poisson arrivals at an nginx that answers at once, one thread, ${OPEN_SECONDS} s each: ms`,
    ['made/s', 'late p50', 'late p99', 'late p99.9', 'waits p99', 'lost', 'busy', 'no core'],
  );
  for (const rate of RATES) {
    const round = await measure('openLoad', port, rate, WARM_UP_SECONDS, OPEN_SECONDS);
    const [p50, , p99, p999] = round.lateness.map(milliseconds);
    const shares = [percent(round.busyShare), percent(round.starvedShare)];
    const waits = milliseconds(round.latency[2]!);
    const name = `seaworthy, ${rate.toLocaleString('en')}/s`;
    printRow([name, short(round.perSecond), p50!, p99!, p999!, waits, round.lost, ...shares]);
  }
  for (const rate of RATES) {
    const { perSecond } = await autocannon(port, 3, ['-c', `${CONNECTIONS}`, '-R', `${rate}`]);
    printRow([`autocannon -R ${rate}`, short(perSecond), ...Array.from({ length: 7 }, () => '')]);
  }
}

async function highestRate(port: number): Promise<void> {
  printHead(`As many as it can, one thread, ${CONNECTIONS} connections, in turns`, [
    'median/s',
    'rounds',
    'of ours',
  ]);
  const ours: number[] = [];
  const cannon: number[] = [];
  const wrks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { perSecond } = await measure('closedLoad', port, CONNECTIONS, CLOSED_SECONDS);
    ours.push(perSecond);
    cannon.push((await autocannon(port, CLOSED_SECONDS, ['-c', `${CONNECTIONS}`])).perSecond);
    const ofWrk = await wrk(port, CONNECTIONS, CLOSED_SECONDS);
    if (ofWrk !== undefined) wrks.push(ofWrk);
  }
  for (const [name, rates] of Object.entries({ seaworthy: ours, autocannon: cannon, wrk: wrks })) {
    if (rates.length === 0) continue;
    printRow([name, short(median(rates)), spread(rates), times(median(rates) / median(ours))]);
  }
}

async function coordinatedOmission(): Promise<void> {
  printHead(
    `A server that stalls for 1 s in every 10, ${STALL_PER_SECOND}/s for ${STALL_SECONDS} s, ` +
      `${STALL_CONNECTIONS} connections, all tools at the same time: ms`,
    ['p50', 'p90', 'p99', 'p99.9'],
  );
  const { server, port } = await startStallingServer();
  try {
    const rate = ['-R', `${STALL_PER_SECOND}`, '-c', `${STALL_CONNECTIONS}`];
    const [ours, wrk2, corrected, uncorrected] = await Promise.all([
      measure('openLoad', port, STALL_PER_SECOND, 0, STALL_SECONDS, STALL_CONNECTIONS),
      measure('likeWrk2', port, STALL_PER_SECOND, STALL_CONNECTIONS, STALL_SECONDS),
      autocannon(port, STALL_SECONDS, rate),
      autocannon(port, STALL_SECONDS, [...rate, '--ignoreCoordinatedOmission']),
    ]);
    const rows = {
      'what users wait (formula)': waitsOfUsers(),
      'seaworthy, latency': ours.latency,
      'method of wrk2': wrk2,
      'autocannon -R': corrected.latency,
      'seaworthy, service time': ours.serviceTime,
      'autocannon -R, uncorrected': uncorrected.latency,
    };
    for (const [name, waits] of Object.entries(rows)) {
      printRow([name, ...waits.map(milliseconds)]);
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : short(value);
}

function percent(share: LoadRound['starvedShare']): string {
  return share === undefined ? 'unknown' : `${(share * 100).toFixed(0)} %`;
}
