// Calls through the library to a real server with faults, for long: nothing may pile up.
//   npm run soak                       10 million calls
//   npm run soak -- --calls 200000
import { fork } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { policy, task } from '@seaworthy/policy';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '10000000' } } });
const calls = Number(values.calls);
const concurrency = 64;
/** Readings on the way; the first two tenths fill pools and warm up. */
const readings = 10;
const warmUp = 2;
/** What the collector and the compiler leave behind in a run of any length. */
const heapGrowthMaxMb = 3;

if (!Number.isInteger(calls) || calls < 1000) throw new Error('write 1000 calls or more');
const collect = globalThis.gc;
if (collect === undefined) throw new Error('run it with node --expose-gc');

const server = fork(fileURLToPath(new URL('soak-server.mjs', import.meta.url)));
/** @type {number} */
const port = await new Promise((resolve) => server.once('message', resolve));
const agent = new Agent({ keepAlive: true, maxSockets: concurrency * 2 });

const payments = policy({
  name: 'payments',
  deadline: '1s',
  timeout: '100ms',
  retry: { attempts: 3, backoff: { base: '2ms', cap: '10ms' }, budget: { share: '20%' } },
  hedge: '50ms',
  breaker: { failures: '90%', open: '100ms', openMax: '100ms' },
  limit: { concurrency: concurrency * 2, queue: { limit: concurrency } },
  throttle: true,
  cache: { ttl: '100ms', capacity: 1000 },
  fallback: [({ error }) => Promise.reject(error)],
});

/**
 * @param {{ signal: AbortSignal, attempt: number }} context
 * @returns {Promise<number>} The length of the answer.
 */
function ask({ signal }) {
  return new Promise((resolve, reject) => {
    const request = get({ port, agent, signal }, (response) => {
      let length = 0;
      response.on('data', (chunk) => (length += chunk.length));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(length);
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    request.on('error', reject);
  });
}

/** Outlives every call, as that of a process that is to end some day. */
const longLived = new AbortController();
/** @type {Map<string, number>} */
const outcomes = new Map();
let begun = 0;

/** @param {number} number */
async function callOnce(number) {
  // One in 50 leaves early; one in ten has a key, a few keys for all; one in ten is part of a task.
  const caller = number % 50 === 0 ? new AbortController() : longLived;
  const options = { signal: caller.signal, ...(number % 10 === 1 && { key: number % 7 }) };
  const call = () => payments(ask, options);
  const ended = number % 10 === 2 ? task({ deadline: '500ms', attempts: 2 }, call) : call();
  if (caller !== longLived) setImmediate(() => caller.abort());
  let outcome = 'succeeded';
  try {
    await ended;
  } catch (error) {
    const { code, name } = /** @type {NodeJS.ErrnoException} */ (error);
    // Its own abort has the number 20 for a code, as every DOMException has.
    outcome = typeof code === 'string' ? code : name;
  }
  // Who is refused waits a little, or an open breaker would get the most of the calls.
  if (outcome.startsWith('SEAWORTHY')) await new Promise((resolve) => setTimeout(resolve, 2));
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

/** @param {number} until */
async function work(until) {
  while (begun < until) await callOnce(begun++);
}

function connections() {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

async function reading() {
  // What is left is the library's: connections are closed first.
  agent.destroy();
  const untilMs = performance.now() + 2000;
  while (connections() > 0 && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (let round = 0; round < 4; round++) collect?.();
  const active = process.getActiveResourcesInfo();
  const timers = active.filter((name) => name === 'Timeout').length;
  const { inFlight, queued } = payments.snapshot();
  return {
    heapMb: process.memoryUsage().heapUsed / 2 ** 20,
    handles: active.length - timers,
    timers,
    listeners: getEventListeners(longLived.signal, 'abort').length,
    held: inFlight + queued,
  };
}

// Written first: what it is written to is a handle, too.
console.log('    calls   per second   heap, MB   handles   timers   listeners   slots');
const beganMs = performance.now();
const first = await reading();
const rows = [];
for (let part = 1; part <= readings; part++) {
  const partMs = performance.now();
  const before = begun;
  const until = Math.round((calls * part) / readings);
  await Promise.all(Array.from({ length: concurrency }, () => work(until)));
  const rate = (1000 * (begun - before)) / (performance.now() - partMs);
  const row = await reading();
  rows.push(row);
  const cells = [row.handles, row.timers, row.listeners, row.held];
  console.log(
    `${begun}`.padStart(9) +
      rate.toFixed(0).padStart(13) +
      row.heapMb.toFixed(2).padStart(11) +
      cells.map((cell, at) => `${cell}`.padStart([10, 9, 12, 8][at] ?? 8)).join(''),
  );
}
server.disconnect();

const told = [...outcomes].toSorted((a, b) => b[1] - a[1]);
console.log(told.map(([outcome, count]) => `${outcome} ${count}`).join(', '));
const heaps = rows.map(({ heapMb }) => heapMb);
// The least of three: a reading may come before the compiler has let go of what it worked on.
const growthMb = Math.min(...heaps.slice(-3)) - Math.min(...heaps.slice(warmUp - 1, warmUp + 2));
const piledUp = rows.filter(
  ({ handles, timers, listeners, held }) =>
    handles > first.handles || timers > 0 || listeners > 0 || held > 0,
);
const seconds = ((performance.now() - beganMs) / 1000).toFixed(0);
console.log(
  `${calls} calls in ${seconds} s: heap ${growthMb >= 0 ? '+' : ''}${growthMb.toFixed(2)} MB after the ` +
    `warm-up; ${piledUp.length} of ${rows.length} readings with handles, timers, listeners or slots left`,
);
process.exitCode = growthMb <= heapGrowthMaxMb && piledUp.length === 0 ? 0 : 1;
