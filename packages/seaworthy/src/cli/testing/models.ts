/** One service that answers in 20 ms, and a scenario that none of its objectives survives. */
export const shop = `seaworthy: 1
name: shop
run: { for: 40s, replications: 2 }
services:
  web: { concurrency: 100, steps: [{ wait: 20ms }] }
traffic:
  people: { to: web, rate: 100/s }
scenarios:
  outage:
    - { at: 10s, for: 10s, fail: web, share: 100% }
  breeze:
    - { at: 10s, for: 10s, slow: web, by: 2x }
objectives:
  - web success > 99%
`;

/** A callee that slows down for ten seconds, and callers that keep it slow with their retries. */
export const storm = `seaworthy: 1
name: storm
run: { for: 80s, warmUp: 5s, replications: 2 }
services:
  web: { steps: [{ call: payments }] }
  payments: { concurrency: 5, steps: [{ wait: { exponential: 50ms } }] }
calls:
  web -> payments: { timeout: 500ms, retry: 3 }
traffic:
  shoppers: { to: web, rate: 60/s }
scenarios:
  brownout:
    - { at: 30s, for: 10s, slow: payments, by: 10x }
objectives:
  - web success > 70%
  - recovers within 20s
`;

/** So long that only an interrupt ends it. */
export const endless = shop.replace('for: 40s', 'for: 90d');
