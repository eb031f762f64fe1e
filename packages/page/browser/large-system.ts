/** A system of so many services that call those after them, and one that becomes slow. */
export function largeSystem(size: {
  readonly services: number;
  /** Of services to services; as many as two each if nothing is said. */
  readonly calls?: number;
  readonly forSeconds: number;
}): string {
  const { services, forSeconds, calls = services * 2 } = size;
  const reach = Math.ceil(calls / services) + 1;
  const rate = forSeconds > 10_000 ? 3 : 100;
  const lines = ['seaworthy: 1', 'name: large', `run: { for: ${forSeconds}s }`, 'services:'];
  let left = calls;
  for (let from = 0; from < services; from++) {
    lines.push(`  s${from}:`, '    replicas: 2', '    concurrency: 64', '    steps:');
    lines.push(`      - wait: { p50: ${5 + (from % 12)}ms, p99: ${60 + 10 * (from % 12)}ms }`);
    for (let step = 1; step <= reach && from + step < services && left > 0; step++) {
      const share = step === 1 ? 60 : Math.floor(30 / step);
      lines.push(`      - call: { to: s${from + step}, probability: ${share}% }`);
      left--;
    }
  }
  lines.push('traffic:', `  people: { to: s0, rate: ${rate}/s }`);
  lines.push('objectives: [s0 p99 < 500ms]', 'scenarios:', '  slow:');
  const [at, long] = [forSeconds / 3, forSeconds / 30];
  lines.push(`    - { at: ${Math.round(at)}s, for: ${Math.ceil(long)}s, slow: s1, by: 8x }`);
  return `${lines.join('\n')}\n`;
}
