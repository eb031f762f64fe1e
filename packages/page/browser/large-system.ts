/** A chain of services that call the next two, one of which becomes slow. */
export function chain(services: number, forSeconds: number, perSecond: number): string {
  const calls = (from: number): readonly (readonly [to: number, percent: number])[] =>
    [[from + 1, 60] as const, [from + 2, 30] as const].filter(([to]) => to < services);
  return system({ services, calls, forSeconds, perSecond, fronts: 1 });
}

/** Layers of twelve services that each call four of the next layer. */
export function layers(services: number, forSeconds: number, perSecond: number): string {
  const width = 12;
  const calls = (from: number): readonly (readonly [to: number, percent: number])[] => {
    const next = (Math.floor(from / width) + 1) * width;
    if (next >= services) return [];
    return [0, 5, 10, 15].map((step) => [next + ((from * 3 + step) % width), 20] as const);
  };
  return system({ services, calls, forSeconds, perSecond, fronts: width });
}

interface Size {
  readonly services: number;
  readonly calls: (from: number) => readonly (readonly [to: number, percent: number])[];
  readonly forSeconds: number;
  readonly perSecond: number;
  /** How many of the services have traffic of their own. */
  readonly fronts: number;
}

function system({ services, calls, forSeconds, perSecond, fronts }: Size): string {
  const lines = ['seaworthy: 1', 'name: large', `run: { for: ${forSeconds}s }`, 'services:'];
  for (let from = 0; from < services; from++) {
    lines.push(`  s${from}:`, '    replicas: 2', '    concurrency: 64', '    steps:');
    lines.push(`      - wait: { p50: ${5 + (from % 12)}ms, p99: ${60 + 10 * (from % 12)}ms }`);
    for (const [to, percent] of calls(from)) {
      lines.push(`      - call: { to: s${to}, probability: ${percent}% }`);
    }
  }
  lines.push('traffic:');
  for (let front = 0; front < fronts; front++) {
    lines.push(`  people${front}: { to: s${front}, rate: ${perSecond}/s }`);
  }
  lines.push('objectives: [s0 p99 < 500ms]', 'scenarios:', '  slow:');
  const [at, long] = [forSeconds / 3, forSeconds / 30];
  lines.push(`    - { at: ${Math.round(at)}s, for: ${Math.ceil(long)}s, slow: s1, by: 8x }`);
  return `${lines.join('\n')}\n`;
}
