/** Retries and hedges that tests with real timers need not wait for. */
export const quickly = { attempts: 3, backoff: { base: '1ms', cap: '2ms' } } as const;
export const hedged = { delay: '20ms', budget: { share: '100%', floor: '10/s' } } as const;
