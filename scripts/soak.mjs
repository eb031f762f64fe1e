// Calls through the library to a real server with faults, for long: nothing may pile up.
//   npm run soak                       10 million calls: about half an hour
//   npm run soak -- --calls 200000     less than a minute
import { fork } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { policy, task } from '@seaworthy/policy';
import { judgeResponse, withPolicy } from '@seaworthy/policy/fetch';
import { policyInterceptor } from '@seaworthy/policy/undici';
import { fetch, Pool } from 'undici';
import { Pipeline } from './soak-pipeline.mjs';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '10000000' } } });
const calls = Number(values.calls);
const concurrency = 256;
/** Readings on the way; the first two tenths fill pools and warm up. */
const readings = 10;
const warmUp = 2;
/** What the collector and the compiler leave behind in a run of any length. */
const growthMaxMb = 3;

if (!Number.isInteger(calls) || calls < 1000) throw new Error('write 1000 calls or more');
const collect = globalThis.gc;
if (collect === undefined) throw new Error('run it with node --expose-gc');

const server = fork(fileURLToPath(new URL('soak-server.mjs', import.meta.url)));
/** @type {number} */
const port = await new Promise((resolve) => server.once('message', resolve));
const origin = `http://127.0.0.1:${port}`;

/** The same for the function, for `fetch` and for the interceptor. */
const common = /** @type {const} */ ({
  deadline: '2s',
  timeout: '250ms',
  retry: { attempts: 3, backoff: { base: '2ms', cap: '10ms' }, budget: { share: '20%' } },
  hedge: '150ms',
  breaker: { failures: '90%', open: '100ms', openMax: '100ms' },
  limit: { concurrency: concurrency * 2, queue: { limit: concurrency } },
  throttle: true,
});
const payments = policy({
  ...common,
  name: 'payments',
  cache: { ttl: '100ms', capacity: 1000 },
  fallback: [({ error }) => Promise.reject(error)],
});
const orders = policy({ ...common, name: 'orders', judge: judgeResponse() });
const quotes = withPolicy(fetch, { ...common, name: 'quotes' });

function connect() {
  const pool = new Pool(origin, { connections: concurrency });
  return { pool, ordering: pool.compose(policyInterceptor(orders)), line: new Pipeline(port, 8) };
}

let { pool, ordering, line } = connect();

/**
 * @param {AbortSignal} signal
 * @param {import('undici').Dispatcher} dispatcher
 */
async function ask(signal, dispatcher) {
  const { statusCode, body } = await dispatcher.request({ path: '/faulty', method: 'GET', signal });
  return lengthOf(statusCode, await body.text());
}

/**
 * @param {AbortSignal} signal
 */
async function quote(signal) {
  const response = await quotes(`${origin}/faulty`, { signal, dispatcher: pool });
  return lengthOf(response.status, await response.text());
}

/**
 * @param {number} status
 * @param {string} body
 */
function lengthOf(status, body) {
  if (status !== 200) throw new Error(`status ${status}`);
  return body.length;
}

/** Outlives every call, as that of a process that is to end some day. */
const longLived = new AbortController();
/** @type {Map<string, number>} */
const outcomes = new Map();
let begun = 0;

/**
 * One in ten has a key, a few keys for all; one in ten is part of a task. One in 20 goes where most
 * faults are: by a function, by the interceptor, by `fetch`.
 *
 * @param {number} number
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
function callAs(number, signal) {
  const options = { signal, ...(number % 10 === 1 && { key: number % 7 }) };
  if (number % 60 === 3) return payments((context) => ask(context.signal, pool), options);
  // With a signal of its own: undici puts a listener on it for each request.
  if (number % 60 === 23) return ask(new AbortController().signal, ordering);
  if (number % 60 === 43) return quote(signal);
  const call = () => payments((context) => line.ask(context.signal), options);
  return number % 10 === 2 ? task({ deadline: '1s', attempts: 2 }, call) : call();
}

/** @param {number} number */
async function callOnce(number) {
  // One in 49 leaves early, of every kind.
  const caller = number % 49 === 0 ? new AbortController() : longLived;
  const ended = callAs(number, caller.signal);
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
  line.close();
  await pool.destroy();
  const untilMs = performance.now() + 2000;
  while (connections() > 0 && performance.now() < untilMs) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (let round = 0; round < 4; round++) {
    collect?.();
    // What follows the end of an object comes in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const active = process.getActiveResourcesInfo();
  const timers = active.filter((name) => name === 'Timeout').length;
  const held = [payments, orders, quotes.policy]
    .map((each) => each.snapshot())
    .reduce((sum, { inFlight, queued }) => sum + inFlight + queued, 0);
  const { heapUsed, external } = process.memoryUsage();
  ({ pool, ordering, line } = connect());
  return {
    heapMb: heapUsed / 2 ** 20,
    externalMb: external / 2 ** 20,
    handles: active.length - timers,
    timers,
    listeners: getEventListeners(longLived.signal, 'abort').length,
    held,
  };
}

/**
 * Of what was read: the least of three, since a reading may come before the compiler has let go.
 *
 * @param {readonly number[]} megabytes
 */
function growth(megabytes) {
  return Math.min(...megabytes.slice(-3)) - Math.min(...megabytes.slice(warmUp - 1, warmUp + 2));
}

/** @param {number} megabytes */
function signed(megabytes) {
  return `${megabytes >= 0 ? '+' : ''}${megabytes.toFixed(2)} MB`;
}

// Written first: what it is written to is a handle, too.
console.log('    calls   per second   heap, MB   outside   handles   timers   listeners   slots');
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
      row.externalMb.toFixed(2).padStart(10) +
      cells.map((cell, at) => `${cell}`.padStart([10, 9, 12, 8][at] ?? 8)).join(''),
  );
}
line.close();
await pool.destroy();
server.disconnect();

const told = [...outcomes].toSorted((a, b) => b[1] - a[1]);
console.log(told.map(([outcome, count]) => `${outcome} ${count}`).join(', '));
const heapMb = growth(rows.map((row) => row.heapMb));
const externalMb = growth(rows.map((row) => row.externalMb));
const piledUp = rows.filter(
  ({ handles, timers, listeners, held }) =>
    handles > first.handles || timers > 0 || listeners > 0 || held > 0,
);
const seconds = ((performance.now() - beganMs) / 1000).toFixed(0);
console.log(
  `${calls} calls in ${seconds} s: heap ${signed(heapMb)}, outside of it ${signed(externalMb)} after the ` +
    `warm-up; ${piledUp.length} of ${rows.length} readings with handles, timers, listeners or slots left`,
);
process.exitCode = Math.max(heapMb, externalMb) <= growthMaxMb && piledUp.length === 0 ? 0 : 1;
