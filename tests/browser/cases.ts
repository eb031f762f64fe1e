// Runs in any JavaScript runtime: only what browsers and Node have alike.
import { policy, PolicyError, task } from '@seaworthy/policy';
import type { AttemptContext } from '@seaworthy/policy';
import { withPolicy } from '@seaworthy/policy/fetch';
import { PrometheusMetrics } from '@seaworthy/policy/prometheus';
import { VirtualTime } from '@seaworthy/policy/testing';
import type { Account } from './server.ts';

/** What one case calls: see `serveCases`. */
export interface Target {
  /** A function for a policy: fails for every status but 200. */
  readonly asking: (plan: string) => (context: AttemptContext) => Promise<string>;
  /** The URL for that plan. */
  readonly url: (plan: string) => string;
  /** What the server saw, once nothing of it is under way any more. */
  readonly account: () => Promise<Account>;
}

interface Case {
  readonly run: (target: Target) => Promise<unknown>;
  readonly gives: unknown;
}

/** The code of a failure, or the answer. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error instanceof PolicyError ? error.code : String(error);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

const backoff = { base: '1ms', cap: '2ms' } as const;

export const cases: Readonly<Record<string, Case>> = {
  'retries until it is answered': {
    run: async ({ asking, account }) => {
      const call = policy({ retry: { attempts: 3, backoff } });
      return [await call(asking('503,500,200')), (await account()).requests];
    },
    gives: ['answer 200', 3],
  },

  'gives what it threw, when no attempt did better': {
    run: ({ asking }) => codeOf(policy({ retry: { attempts: 2, backoff } })(asking('500'))),
    gives: 'Error: status 500',
  },

  'ends an attempt that takes too long, and its request': {
    run: async ({ asking, account }) => {
      const call = policy({ timeout: '300ms', retry: { attempts: 2, backoff } });
      const answer = await call(asking('hang,200'));
      const { requests, aborted } = await account();
      return [answer, requests, aborted];
    },
    gives: ['answer 200', 2, 1],
  },

  'ends with its deadline': {
    run: async ({ asking, account }) => {
      const call = policy({ deadline: '100ms' });
      return [await codeOf(call(asking('hang'))), (await account()).aborted];
    },
    gives: ['SEAWORTHY_DEADLINE', 1],
  },

  'settles in the turn in which its caller leaves': {
    run: async ({ asking, account }) => {
      const caller = new AbortController();
      const call = policy({ retry: 3 })(asking('hang'), { signal: caller.signal });
      let isLater = false;
      await wait(50);
      setTimeout(() => (isLater = true), 0);
      caller.abort(new RangeError('gone'));
      const code = await codeOf(call);
      return [code, isLater, (await account()).aborted];
    },
    gives: ['RangeError: gone', false, 1],
  },

  'sends a hedge beside a slow one, and ends the loser': {
    run: async ({ asking, account }) => {
      const call = policy({ hedge: { delay: '50ms', budget: { floor: '1/s' } } });
      const answer = await call(asking('200:5000,200'));
      const { requests, aborted } = await account();
      return [answer, requests, aborted];
    },
    gives: ['answer 200', 2, 1],
  },

  'opens its breaker, refuses, and closes it by a probe': {
    run: async ({ asking, account }) => {
      const call = policy({ breaker: { consecutive: 3, open: '50ms', probes: 1 } });
      const work = asking('500,500,500,200');
      for (let turn = 0; turn < 3; turn++) await codeOf(call(work));
      const refused = await codeOf(call(work));
      await wait(100);
      const probe = await call(work);
      return [refused, probe, call.snapshot().breaker, (await account()).requests];
    },
    gives: ['SEAWORTHY_BREAKER_OPEN', 'answer 200', 'closed', 4],
  },

  'holds to its limit, lets some wait, and refuses the others': {
    run: async ({ asking, account }) => {
      const call = policy({ limit: { concurrency: 2, queue: { limit: 2 } } });
      const work = asking('200:30');
      const results = await Promise.all([1, 2, 3, 4, 5].map(() => codeOf(call(work))));
      return [results, (await account()).atOnceMax];
    },
    gives: [['answer 200', 'answer 200', 'answer 200', 'answer 200', 'SEAWORTHY_QUEUE_FULL'], 2],
  },

  'asks once for all who ask for the same, and remembers': {
    run: async ({ asking, account }) => {
      const call = policy({ cache: '1m' });
      const work = asking('200:30');
      const together = await Promise.all([1, 2, 3].map(() => call(work, { key: 'same' })));
      const later = await call(work, { key: 'same' });
      return [[...together, later], (await account()).requests];
    },
    gives: [['answer 200', 'answer 200', 'answer 200', 'answer 200'], 1],
  },

  'answers with a fallback, which knows why': {
    run: ({ asking }) => {
      const fallback = [({ error }: { error: unknown }) => `instead: ${String(error)}`];
      return policy<string>({ fallback })(asking('500'));
    },
    gives: 'instead: Error: status 500',
  },

  'counts the attempts of a task over all of its layers': {
    run: async ({ asking, account }) => {
      const options = { retry: { attempts: 3, backoff } };
      const [outer, inner] = [policy(options), policy(options)];
      const work = asking('500');
      const all = task({ attempts: 4 }, (own) =>
        outer((context) => inner(work, { task: context.task }), { task: own }),
      );
      return [await codeOf(all), (await account()).requests];
    },
    gives: ['Error: status 500', 3],
  },

  'keeps a policy around fetch: what is refused is asked for again, when it says': {
    run: async ({ url, account }) => {
      const quotes = withPolicy(fetch, { retry: { attempts: 3, backoff } });
      const response = await quotes(url('503,502,200'));
      return [response.status, await response.text(), (await account()).requests];
    },
    gives: [200, 'answer 200', 3],
  },

  'keeps a policy around fetch: gives the last response, where none was better': {
    run: async ({ url }) => {
      const quotes = withPolicy(fetch, { retry: { attempts: 2, backoff } });
      const response = await quotes(url('503'));
      return [response.status, await response.text()];
    },
    gives: [503, 'answer 503'],
  },

  'keeps a policy around fetch: sends a body again where that may be': {
    run: async ({ url, account }) => {
      const orders = withPolicy(fetch, { retry: { attempts: 2, backoff } });
      const send = async (method: string, headers: Record<string, string>) =>
        (await orders(url('503,200,503,503,200'), { method, body: method, headers })).status;
      const statuses = [
        await send('PUT', {}),
        await send('POST', {}),
        await send('POST', { 'idempotency-key': 'order-7' }),
      ];
      return [statuses, (await account()).bodies];
    },
    gives: [
      [200, 503, 200],
      ['PUT', 'PUT', 'POST', 'POST', 'POST'],
    ],
  },

  'tells Prometheus what happened': {
    run: async ({ asking }) => {
      const metrics = new PrometheusMetrics();
      const call = policy({ name: 'quotes', retry: { backoff }, observer: metrics.observe });
      await call(asking('500,200'));
      return metrics.text().match(/^seaworthy_(attempts|succeeded)_total.*$/gm);
    },
    gives: [
      'seaworthy_succeeded_total{policy="quotes"} 1',
      'seaworthy_attempts_total{policy="quotes"} 2',
    ],
  },

  'tests half a minute in no time': {
    run: async () => {
      const time = new VirtualTime(7);
      const call = policy({ breaker: { consecutive: 1, open: '30s', probes: 1 } }, time);
      await codeOf(call(() => Promise.reject(new Error('down'))));
      const before = call.snapshot().breaker;
      await time.advance(30_000);
      return [before, await call(() => 'up'), call.snapshot().breaker];
    },
    gives: ['open', 'up', 'closed'],
  },
};
