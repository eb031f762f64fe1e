import { get } from 'node:http';
import { connect } from 'node:net';

import type { Clock } from '@seaworthy/policy/engine';

import type { Readiness } from '../../model/stage.ts';
import type { Address } from '../proxy/address.ts';
import type { Output } from './output.ts';

/** Often enough not to add to the time that starting takes. */
const everyMs = 25;
/** A port that takes connections and never answers is asked again. */
const probeMs = 1000;

/** What is watched until it is ready. */
export interface Starting {
  readonly address: Address;
  readonly output: Output;
  readonly ready: Readiness;
  readonly clock: Clock;
  /** Aborted: it is not waited for any more. */
  readonly signal: AbortSignal;
}

/** Resolves with true when it is ready, with false when that took too long or was given up. */
export async function isReady(starting: Starting): Promise<boolean> {
  const { clock, ready, signal } = starting;
  const untilMs = clock.now() + ready.withinMs;
  if (ready.output !== undefined && !(await hasPrinted(starting, ready.output))) return false;
  while (!signal.aborted && clock.now() < untilMs) {
    if (await answers(starting)) return true;
    await sleep(clock, everyMs, signal);
  }
  return false;
}

function hasPrinted(starting: Starting, wanted: string): Promise<boolean> {
  const { clock, ready, output, signal } = starting;
  return new Promise((resolve) => {
    let printed = '';
    const end = (found: boolean): void => {
      clock.cancel(timer);
      stop();
      signal.removeEventListener('abort', giveUp);
      resolve(found);
    };
    const giveUp = (): void => end(false);
    const timer = clock.after(ready.withinMs, giveUp);
    const stop = output.listen((text) => {
      printed = printed.slice(-wanted.length) + text;
      if (printed.includes(wanted)) end(true);
    });
    signal.addEventListener('abort', giveUp);
  });
}

function answers({ address, ready }: Starting): Promise<boolean> {
  return ready.path === undefined ? takesConnections(address) : answersGet(address, ready.path);
}

/** Whether something listens there. */
export function takesConnections(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: probeMs });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

function answersGet(address: Address, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ ...address, path, agent: false, timeout: probeMs });
    request.once('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}

/** Resolves after this time, or at once when it is given up. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clock.cancel(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(ms, end);
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
  });
}
