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

/** So long that only an interrupt ends it. */
export const endless = shop.replace('for: 40s', 'for: 90d');
