// What is bundled, and run by a browser and by Node: the same bytes.
import * as fc from 'fast-check';
import { byPromises } from '../../packages/policy/src/testing/case-by-promises.ts';
import { cases as drivenCases } from '../../packages/policy/src/testing/cases.ts';
import { VirtualTime } from '../../packages/policy/src/virtual/virtual-time.ts';
import { cases } from './cases.ts';
import type { Target } from './cases.ts';
import type { Account } from './server.ts';

const turnMs = 10;
/** How long the server may take to notice that a request has gone away. */
const turnsMax = 500;

/** What each case gives, or how it failed. `base`: the start of the URLs that it calls. */
export async function runCases(base: string): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const [index, [name, { run }]] of Object.entries(cases).entries()) {
    const ended = run(targetAt(`${base}${index}`));
    given[name] = await ended.catch((error: unknown) => `failed: ${String(error)}`);
  }
  return given;
}

/** Browsers let a request wait for one of the same, to answer it from their cache. */
const always = { cache: 'no-store' } as RequestInit;

function targetAt(base: string): Target {
  const url = (plan: string): string => `${base}?plan=${plan}`;
  return {
    url,
    asking:
      (plan) =>
      async ({ signal }) => {
        const response = await fetch(url(plan), { signal, ...always });
        const text = await response.text();
        if (response.status !== 200) throw new Error(`status ${response.status}`);
        return text;
      },
    account: async () => {
      for (let turn = 0; ; turn++) {
        const response = await fetch(`${base}/account`, always);
        const account = (await response.json()) as Account;
        if (account.atOnce === 0 || turn === turnsMax) return account;
        await new Promise((resolve) => {
          setTimeout(resolve, turnMs);
        });
      }
    },
  };
}

/**
 * The table of cases that drives the engine, too, in virtual time: what happened in each of the
 * first so many of this seed.
 */
export function playCases(seed: number, count: number): Promise<string[][]> {
  const sample = fc.sample(drivenCases(8, true), { seed, numRuns: count });
  return Promise.all(sample.map((of) => byPromises(of, new VirtualTime(), 1000, 1)));
}
