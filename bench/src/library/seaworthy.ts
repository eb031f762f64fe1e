import type { CallPolicy } from '../../../packages/policy/dist/index.js';
import type { Candidate } from './wrap.ts';

/** The same four as `wrap` of cockatiel has, with the budget that no other library has. */
const four: CallPolicy = {
  timeout: '800ms',
  retry: { attempts: 3, budget: { share: '10%', floor: '1/s' } },
  breaker: { failures: '50%', of: 20, within: '10s' },
  limit: { concurrency: 20_000, queue: { limit: 0 } },
};

const everything: CallPolicy = {
  ...four,
  deadline: '2s',
  hedge: 'p95',
  throttle: true,
  admission: {},
  limit: { concurrency: { initial: 20_000, max: 100_000 }, queue: { limit: 100_000 } },
};

function one(options: CallPolicy): Candidate {
  return async () => {
    const { policy } = await import('../../../packages/policy/dist/node.js');
    const call = policy(options);
    return (work) => call(work);
  };
}

export const seaworthy: Readonly<Record<string, Candidate>> = {
  'no policy': one({}),
  deadline: one({ deadline: '2s' }),
  timeout: one({ timeout: '800ms' }),
  retry: one({ retry: 3 }),
  'retry with budget': one({ retry: { attempts: 3, budget: {} } }),
  breaker: one({ breaker: {} }),
  limit: one({ limit: { concurrency: 20_000, queue: { limit: 0 } } }),
  'adaptive limit': one({
    limit: { concurrency: { initial: 20_000, max: 100_000 }, queue: { limit: 100_000 } },
  }),
  throttle: one({ throttle: true }),
  hedge: one({ hedge: 'p95' }),
  'four and a budget': one(four),
  everything: one(everything),
};
