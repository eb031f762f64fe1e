import type { Candidate, Work } from './wrap.ts';

const bare: Candidate = () => (work) => work();

/** Each with what it documents for the purpose, and the numbers of ours. */
const cockatiel: Readonly<Record<string, Candidate>> = {
  'cockatiel timeout': async () => {
    const { timeout, TimeoutStrategy } = await import('cockatiel');
    const policy = timeout(800, TimeoutStrategy.Aggressive);
    return (work) => policy.execute(work);
  },
  'cockatiel retry': async () => {
    const { retry, handleAll, ExponentialBackoff } = await import('cockatiel');
    const policy = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff() });
    return (work) => policy.execute(work);
  },
  'cockatiel breaker': async () => {
    const { circuitBreaker, handleAll, SamplingBreaker } = await import('cockatiel');
    const breaker = new SamplingBreaker({ threshold: 0.5, duration: 10_000 });
    const policy = circuitBreaker(handleAll, { halfOpenAfter: 5000, breaker });
    return (work) => policy.execute(work);
  },
  'cockatiel bulkhead': async () => {
    const { bulkhead } = await import('cockatiel');
    const policy = bulkhead(20_000, 0);
    return (work) => policy.execute(work);
  },
  'cockatiel wrap of four': async () => {
    const c = await import('cockatiel');
    const retry = c.retry(c.handleAll, { maxAttempts: 2, backoff: new c.ExponentialBackoff() });
    const breaker = c.circuitBreaker(c.handleAll, {
      halfOpenAfter: 5000,
      breaker: new c.SamplingBreaker({ threshold: 0.5, duration: 10_000 }),
    });
    const timeout = c.timeout(800, c.TimeoutStrategy.Aggressive);
    const policy = c.wrap(retry, breaker, c.bulkhead(20_000, 0), timeout);
    return (work) => policy.execute(work);
  },
};

const opossum: Candidate = async () => {
  const { default: CircuitBreaker } = await import('opossum');
  const breaker = new CircuitBreaker((work: Work) => work(), {
    timeout: 800,
    errorThresholdPercentage: 50,
    volumeThreshold: 20,
    capacity: 20_000,
  });
  return (work) => breaker.fire(work);
};

const retryAndLimit: Candidate = async () => {
  const { default: pRetry } = await import('p-retry');
  const { default: pLimit } = await import('p-limit');
  const limit = pLimit(20_000);
  return (work) => pRetry(() => limit(work), { retries: 2 });
};

const effect: Candidate = async () => {
  const { Effect, Schedule, Semaphore } = await import('effect');
  const slots = Semaphore.makeUnsafe(20_000);
  const retries = { times: 2, schedule: Schedule.exponential('50 millis') };
  return (work) => {
    const attempt = slots.withPermits(1)(Effect.timeout('800 millis')(Effect.tryPromise(work)));
    return Effect.runPromise(Effect.retry(retries)(attempt));
  };
};

export const peers: Readonly<Record<string, Candidate>> = {
  'bare await': bare,
  ...cockatiel,
  'opossum (timeout, breaker, capacity)': opossum,
  'p-retry and p-limit': retryAndLimit,
  'effect (timeout, retry, semaphore)': effect,
};
