// What the services of the shop have in common. None of them knows that it is being rehearsed.
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { judgeResponse, withPolicy } from '@seaworthy/policy/fetch';
import { policy } from 'seaworthy/policy';

/** The model: what a call may do stands in the file that is simulated, and nowhere else. */
const shop = process.env['SHOP'] ?? 'seaworthy.yaml';

/**
 * Listens where `PORT` says. `SLOTS` requests are worked on at once, and the others wait in line,
 * as at a server with so many threads.
 *
 * @param {(path: string) => Promise<string>} work
 */
export function serve(work) {
  const slots = Number(process.env['SLOTS'] ?? Infinity);
  const workers =
    slots === Infinity
      ? policy({ name: 'workers' })
      : policy({ name: 'workers', limit: { concurrency: slots, queue: { limit: 'unlimited' } } });
  const server = createServer((request, response) => {
    request.resume();
    workers(() => work(request.url ?? '/')).then(
      (text) => response.end(text),
      // It could not do its part because another service did not do theirs.
      (/** @type {Error} */ error) => response.writeHead(502).end(`${error.message}\n`),
    );
  });
  // Callers keep connections, and decide for how long: who closes first must not be the server.
  server.keepAliveTimeout = 120_000;
  server.listen(Number(process.env['PORT']), '127.0.0.1');
}

/**
 * The policy of a call, from the file.
 *
 * @template [F=never]
 * @param {string} name
 * @param {import('seaworthy/policy').OwnOptions<F>} [own]
 */
export function callOf(name, own) {
  return policy.fromFile(shop, name, own);
}

/**
 * Asks another service over HTTP, by the policy of the call.
 *
 * @param {string} name
 * @param {string | undefined} url
 * @param {() => Response} [fallback]
 */
export function asking(name, url, fallback) {
  const fallbacks = fallback === undefined ? {} : { fallback: [fallback] };
  const send = withPolicy(fetch, callOf(name, { judge: judgeResponse(), ...fallbacks }));
  return async (path = '/') => {
    // A key makes a POST safe to send again, and tells which attempts belong together.
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const response = await send(new URL(path, url), { method: 'POST', headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name}: status ${response.status}`);
    return text;
  };
}

/**
 * Work that takes time and nothing else: log-normal, through both.
 *
 * @param {number} p50Ms
 * @param {number} p99Ms
 */
export async function takes(p50Ms, p99Ms) {
  const sigma = Math.log(p99Ms / p50Ms) / 2.3263;
  const normal =
    Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  await pause(p50Ms * Math.exp(sigma * normal));
}
