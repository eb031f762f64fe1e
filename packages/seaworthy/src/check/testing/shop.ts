/** A seaworthy.yaml with these entries under `calls`: web calls payments, which calls bank. */
export function shop(calls: string): string {
  const entries = calls
    .trim()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
  return `seaworthy: 1
name: shop
services:
  web: { replicas: 3, concurrency: 64, steps: [{ cpu: 1ms }, { call: payments }] }
  payments: { replicas: 2, concurrency: 16, steps: [{ cpu: 2ms }, { call: bank }] }
  bank: { steps: [{ wait: { p50: 40ms, p99: 400ms } }] }
calls:
${entries}
traffic:
  shoppers: { to: web, rate: 300/s }
`;
}
