import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { queue } from './candidate.ts';
import type { CandidateName, LimitsRound, QueueRound } from './measurements.ts';
import { candidates, policies } from './measurements.ts';
import { racesOfLibraries } from './library/race.ts';
import { median, short, spread, table, times } from './print.ts';
import { measure } from './process.ts';
import { raceOfGenerators } from './load/race.ts';
import { raceOfProxies } from './proxy/race.ts';

/** Odd, so that the median is one of the rounds. */
const ROUNDS = 5;

/** Long runs of the same queue differ by less; a candidate beyond it simulates something else. */
const MEAN_WAIT_TOLERANCE = 0.1;

const DAY_SECONDS = 24 * 60 * 60;

async function raceOfQueues(): Promise<string> {
  const names = Object.keys(candidates) as CandidateName[];
  const rounds = new Map<CandidateName, QueueRound[]>(names.map((name) => [name, []]));
  // Alternating, so that a busy moment of the machine meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) rounds.get(name)!.push(await measure('queue', name, 1 + 100 * round));
  }
  const ours = median(rounds.get('seaworthy')!.map((round) => round.customersPerSecond));
  const rows = names.map((name) => {
    const speeds = rounds.get(name)!.map((round) => round.customersPerSecond);
    const meanWait = mean(rounds.get(name)!.map((round) => round.meanWait));
    if (Math.abs(meanWait / queue.meanWait - 1) > MEAN_WAIT_TOLERANCE) {
      throw new Error(`${name} waits ${meanWait}, not ${queue.meanWait}: the race is not fair`);
    }
    const speed = median(speeds);
    return [name, short(speed), spread(speeds), times(ours / speed), meanWait.toFixed(3)];
  });
  return table(
    `M/M/4 at 80 %, customers per second of one core (mean wait by Erlang C: ${queue.meanWait})`,
    [['', 'customers/s', 'rounds', 'seaworthy is', 'mean wait'], ...rows],
  );
}

async function policiesOn(): Promise<string> {
  const file = 'examples/retry-storm/fixed.yaml';
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await measure('policies', file, 1 + 100 * round));
  }
  const speeds = rounds.map((round) => round.tasksPerSecond);
  const simulated = rounds.map((round) => round.simulatedPerReal);
  return table(`${file}, all policies on, one core`, [
    ['', 'median', 'rounds'],
    ['tasks per second', short(median(speeds)), spread(speeds)],
    ['simulated over real time', `${short(median(simulated))} x`, spread(simulated)],
  ]);
}

async function costOfEach(): Promise<string> {
  const all = [null, ...policies];
  const rounds = new Map<string | null, number[]>(all.map((policy) => [policy, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const policy of all) {
      const { nsPerTask } = await measure('cost', policy, 1 + 100 * round);
      rounds.get(policy)!.push(nsPerTask);
    }
  }
  const none = median(rounds.get(null)!);
  const rows = all.map((policy) => {
    const costs = rounds.get(policy)!;
    const more = median(costs) - none;
    const share = `${Math.round((more / none) * 100)} %`;
    const beside = policy === null ? ['', ''] : [short(more), share];
    return [policy ?? 'no policy', short(median(costs)), spread(costs), ...beside];
  });
  return table(
    'bench/models/policies.yaml, one policy at a time, processor time a task, one core',
    [['', 'ns/task', 'rounds', 'more', 'of none'], ...rows],
  );
}

async function limitsOnCores(): Promise<string> {
  const file = 'examples/collapse/seaworthy.yaml';
  const cores = [1, 2] as const;
  const rounds = new Map<number, LimitsRound[]>(cores.map((count) => [count, []]));
  // The ceiling: what the machine gives to two that share nothing.
  const together: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const count of cores) rounds.get(count)!.push(await measure('limits', file, count));
    const two = await Promise.all([measure('limits', file, 1), measure('limits', file, 1)]);
    together.push(two[0].requestsPerSecond + two[1].requestsPerSecond);
  }
  const speedOf = (count: number): number[] =>
    rounds.get(count)!.map((each) => each.requestsPerSecond);
  const one = median(speedOf(1));
  const rows = cores.map((count) => {
    const busy = median(rounds.get(count)!.map((each) => each.coresBusy));
    return [`${count}`, ...speedRow(speedOf(count), one), short(busy)];
  });
  rows.push(['two searches, one each', ...speedRow(together, one), '']);
  return table(
    `seaworthy limits ${file} --precision 1%, simulated requests a second by the clock`,
    [['workers', 'requests/s', 'rounds', 'of one', 'cores busy'], ...rows],
  );
}

function speedRow(speeds: readonly number[], one: number): string[] {
  const speed = median(speeds);
  return [short(speed), spread(speeds), times(speed / one)];
}

async function peakMemory(): Promise<string> {
  const file = 'bench/models/steady.yaml';
  const tenMinutes = await measure('memory', file, 600);
  const day = await measure('memory', file, DAY_SECONDS);
  const row = (title: string, { tasks, megabytes }: typeof day) => [
    title,
    short(tasks),
    `${megabytes.toFixed(0)} MB`,
    times(megabytes / tenMinutes.megabytes),
  ];
  return table(`${file}, 1,000 tasks a second, peak memory of the process`, [
    ['simulated', 'tasks', 'peak', 'of ten minutes'],
    row('ten minutes', tenMinutes),
    row('one day', day),
  ]);
}

/** The peers are no part of the workspace: whoever does not race them need not install them. */
function installPeers(): void {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const some = ['effect', 'autocannon'];
  if (some.every((peer) => existsSync(`${folder}/node_modules/${peer}`))) return;
  console.log('Installing the peers (bench/package.json) ...');
  execFileSync('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: folder, stdio: 'inherit' });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Each prints its tables as they are made. */
const parts: Readonly<Record<string, (() => Promise<string>) | (() => Promise<string>)[]>> = {
  queue: raceOfQueues,
  policies: policiesOn,
  cost: costOfEach,
  limits: limitsOnCores,
  library: racesOfLibraries(),
  proxy: raceOfProxies,
  load: raceOfGenerators,
  memory: peakMemory,
};
const asked = process.argv.slice(2);
const wrong = asked.find((name) => !(name in parts));
if (wrong !== undefined) {
  console.error(`no part ${wrong}: there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

console.log(`Node ${process.version} on ${cpus()[0]!.model}, ${cpus().length} cores; medians.`);
if (asked.length === 0 || ['queue', 'library', 'load'].some((name) => asked.includes(name))) {
  installPeers();
}
for (const [name, races] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const race of [races].flat()) console.log(await race());
}
