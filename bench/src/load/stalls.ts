import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { quantiles } from './ours.ts';

/** A server that stands still for 1 s in every 10, and is fast otherwise. */
const stall = { everyMs: 10_000, forMs: 1000 } as const;

/** Answers what comes while it stands still when that is over, all at once. */
export async function startStallingServer(): Promise<{ server: Server; port: number }> {
  const startMs = performance.now();
  const server = createServer((_, response) => {
    const sinceMs = (performance.now() - startMs) % stall.everyMs;
    const leftMs = stall.everyMs - sinceMs;
    // The last second of ten.
    if (leftMs <= stall.forMs) setTimeout(() => response.end('ok'), leftMs);
    else response.end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** What a user waits who comes at any time, at the quantiles: of a stall he waits for the rest. */
export function waitsOfUsers(): readonly number[] {
  const share = stall.forMs / stall.everyMs;
  return quantiles.map((quantile) => Math.max(0, 1 - (1 - quantile) / share) * stall.forMs);
}

/**
 * The method of wrk2 (Gil Tene): each connection has a schedule of its own at a constant rate, and
 * a request counts from when it was scheduled, however late the answer before let it begin.
 */
export async function likeWrk2(
  port: number,
  perSecond: number,
  connections: number,
  seconds: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const gapMs = (connections / perSecond) * 1000;
  const startMs = performance.now();
  const one = async (index: number): Promise<void> => {
    for (let dueMs = (index * 1000) / perSecond; dueMs < seconds * 1000; dueMs += gapMs) {
      const leftMs = dueMs - (performance.now() - startMs);
      if (leftMs > 0) await new Promise((resolve) => void setTimeout(resolve, leftMs));
      await answered(port, agent);
      times.push(performance.now() - startMs - dueMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => one(index)));
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  return quantiles.map((quantile) => sorted[Math.ceil(quantile * sorted.length) - 1]!);
}

async function answered(port: number, agent: Agent): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume().once('end', resolve);
    });
    request.once('error', reject);
  });
}
