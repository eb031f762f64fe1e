import { peers } from './peers.ts';
import { seaworthy } from './seaworthy.ts';
import type { Wrap } from './wrap.ts';

export const wraps = { ...peers, ...seaworthy };

export interface CallCost {
  readonly nsPerCall: number;
  /** Heap that was allocated; garbage or not. Null: some was collected meanwhile. */
  readonly bytesPerCall: number | null;
}

/** Enough for compiled code. */
const WARM_UP_CALLS = 50_000;

/** Fewer where they would take more than a second: some peers are fifty times slower. */
const CALLS_MAX = 200_000;

/** Few enough that none is collected while they are counted: see `flags`. */
const COUNTED_CALLS = 20_000;

/** A young generation so large that it is not collected while allocations are counted. */
export const flags = ['--max-semi-space-size=512', '--min-semi-space-size=512'] as const;

const AT_ONCE = 10_000;
const ROUNDS_MAX = 20;

const resolved = async (): Promise<number> => 1;

/** What a call of an immediately resolving function costs, one after the other. */
export async function costOfCall(name: string): Promise<CallCost> {
  const wrap = await wraps[name]!();
  const warmUp = process.cpuUsage();
  await oneByOne(wrap, WARM_UP_CALLS);
  const calls = inASecond(nsSince(warmUp) / WARM_UP_CALLS, CALLS_MAX);
  const before = process.cpuUsage();
  await oneByOne(wrap, calls);
  const nsPerCall = nsSince(before) / calls;
  const heapBefore = process.memoryUsage().heapUsed;
  await oneByOne(wrap, COUNTED_CALLS);
  const bytes = process.memoryUsage().heapUsed - heapBefore;
  return { nsPerCall, bytesPerCall: allocated(bytes / COUNTED_CALLS) };
}

/** The same with 10,000 calls in flight at every moment. */
export async function costInFlight(name: string): Promise<CallCost> {
  const wrap = await wraps[name]!();
  const warmUp = process.cpuUsage();
  await crowd(wrap, 1);
  const rounds = inASecond(nsSince(warmUp), ROUNDS_MAX);
  const before = process.cpuUsage();
  await crowd(wrap, rounds);
  const nsPerCall = nsSince(before) / (rounds * AT_ONCE);
  const heapBefore = process.memoryUsage().heapUsed;
  await crowd(wrap, 1);
  const bytes = process.memoryUsage().heapUsed - heapBefore;
  return { nsPerCall, bytesPerCall: allocated(bytes / AT_ONCE) };
}

async function oneByOne(wrap: Wrap, calls: number): Promise<void> {
  for (let call = 0; call < calls; call++) await wrap(resolved);
}

/** All begin, then all end in the order in which they began. */
async function crowd(wrap: Wrap, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const ends: (() => void)[] = [];
    const pending = (): Promise<number> =>
      new Promise((resolve) => {
        ends.push(() => resolve(1));
      });
    const all = Array.from({ length: AT_ONCE }, () => wrap(pending));
    while (ends.length < AT_ONCE) await turn();
    for (const end of ends) end();
    await Promise.all(all);
  }
}

function allocated(bytesPerCall: number): number | null {
  return bytesPerCall > 0 ? bytesPerCall : null;
}

/** One at least: there are peers for which 10,000 calls at once take seconds. */
function inASecond(nsOfOne: number, max: number): number {
  return Math.max(1, Math.min(max, Math.floor(1e9 / nsOfOne)));
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function nsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}
