/**
 * What `init` writes: small enough to read, and with something to find. The change that its verdict
 * proposes makes it pass.
 */
export const starter = `# A model of a system, for seaworthy simulate. Try:
#   seaworthy simulate                    what happens in each scenario, and what would help
#   seaworthy simulate --scenario calm    without faults
#   seaworthy explain                     the effective model, with all defaults
seaworthy: 1
name: shop

services:
  web:
    replicas: 3
    concurrency: 64                       # requests that one replica works on at once
    queue: { limit: 128 }                 # requests that may wait for that
    steps:
      - cpu: 1ms
      - call: payments
  payments:
    replicas: 3
    concurrency: 16
    steps:
      - wait: { p50: 40ms, p99: 200ms }   # a log-normal distribution through both

calls:
  web -> payments:
    deadline: 2s
    timeout: 500ms
    retry:
      attempts: 3
      backoff: { base: 50ms, cap: 1s, jitter: full }

traffic:
  shoppers: { to: web, rate: 300/s }

scenarios:
  payments-brownout:
    - { at: 60s, for: 10s, slow: payments, by: 10x }

objectives:
  - web p99 < 1s
  - web success > 90%
  - recovers within 30s

environments:
  production: { traffic: { shoppers: { rate: 450/s } } }
`;
