import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/**
 * What an example must come to, from the real command line. One replication: the story is the same
 * with each seed.
 */
interface Story {
  readonly name: string;
  /** Undefined: the failure needs no fault. */
  readonly scenario: string | undefined;
  /** Finding ids of the file as it fails, worst first, without the `medium` ones. */
  readonly findings: readonly string[];
  /** The objectives that fail. All others pass. */
  readonly failing: readonly string[];
  /**
   * Numbers that the story in the README rests on: where in the verdict, and between which values.
   */
  readonly numbers: (verdict: Verdict) => readonly (readonly [string, number, number, number])[];
}

interface Latency {
  readonly mean: number;
  readonly p99: number;
  readonly p999: number;
}

interface Verdict {
  readonly outcome: string;
  readonly objectives: readonly { readonly text: string; readonly outcome: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly severity: string;
    readonly numbers: readonly string[];
    readonly steps: readonly { readonly atMs: number; readonly text: string }[];
    readonly changes: readonly { readonly tried: { readonly effect: string } | null }[];
  }[];
  readonly traffic: readonly { readonly successShare: number; readonly latency: Latency }[];
  readonly edges: readonly {
    readonly edge: string;
    readonly successShare: number;
    readonly rejectedShare: number;
    readonly fallbackShare: number;
    readonly attemptsPerTask: number;
    readonly cache?: { readonly recomputingMax: number };
    readonly latency: Latency;
  }[];
}

const stories: readonly Story[] = [
  {
    name: 'retry-storm',
    scenario: 'payments-brownout',
    findings: ['metastable-failure', 'retry-storm', 'exhaustion', 'wasted-work'],
    failing: [
      'web success > 90%',
      'web p90 < 500ms',
      'web -> payments attempts < 1.3',
      'recovers within 30s',
    ],
    numbers: (verdict) => [
      ['success: only before the fault', verdict.traffic[0]!.successShare, 0.24, 0.28],
      ['attempts per task', edge(verdict, 'web -> payments').attemptsPerTask, 2.4, 2.6],
    ],
  },
  {
    name: 'bad-deploy',
    scenario: 'deploy',
    findings: ['bad-deploy', 'retry-storm', 'exhaustion', 'wasted-work'],
    failing: ['checkout success > 99.5%', 'checkout p99 < 1s'],
    numbers: (verdict) => {
      const [difference, , collections] = verdict.findings[0]!.numbers;
      const [after, before] = collections!.match(/[\d.]+/g)!.map(Number);
      return [
        ['the difference', Number(difference!.match(/[\d.]+/)![0]), 1.05, 1.05],
        ['collections of the new version for one of the old', after! / before!, 1.8, 2.2],
        ['success: only until it tipped', verdict.traffic[0]!.successShare, 0.48, 0.56],
      ];
    },
  },
  {
    name: 'collapse',
    scenario: 'spike',
    findings: ['metastable-failure', 'retry-storm', 'wasted-work'],
    failing: [
      'callers success > 90%',
      'callers p50 < 3s',
      'callers -> desk attempts < 1.3',
      'recovers within 30s',
    ],
    numbers: (verdict) => [
      ['success: only before the spike', verdict.traffic[0]!.successShare, 0.22, 0.3],
      ['attempts per task', edge(verdict, 'callers -> desk').attemptsPerTask, 2.3, 2.7],
    ],
  },
  {
    name: 'poison-message',
    scenario: 'new-form',
    findings: ['poison-message'],
    failing: ['orders p99 < 5s', 'orders backlog < 500'],
    numbers: (verdict) => {
      const [again, first] = verdict.findings[0]!.numbers;
      return [
        ['redeliveries that failed', Number(again!.match(/which ([\d.]+) %/)![1]), 99, 100],
        ['first deliveries that failed, %', Number(first!.match(/[\d.]+/)![0]), 0.01, 0.2],
        ['success at the front door', verdict.traffic[0]!.successShare, 1, 1],
      ];
    },
  },
  {
    name: 'pool-exhaustion',
    scenario: 'tax-slow',
    findings: ['exhaustion'],
    failing: ['orders p99 < 2s', 'orders -> transaction wait p99 < 100ms'],
    numbers: (verdict) => [
      ['nothing fails', verdict.traffic[0]!.successShare, 0.999, 1],
      ['p99 of orders', verdict.traffic[0]!.latency.p99, 35_000, 43_000],
      ['p99 of the tax itself', edge(verdict, 'transaction -> tax').latency.p99, 300, 1500],
    ],
  },
  {
    name: 'cascade',
    scenario: 'inventory-slow',
    findings: ['cascade', 'exhaustion', 'exhaustion'],
    failing: ['web success > 99%', 'web p99 < 2s'],
    numbers: (verdict) => [
      ['success at the front door', verdict.traffic[0]!.successShare, 0.85, 0.92],
      ['steps', verdict.findings[0]!.steps.length, 6, 8],
      ['the first', verdict.findings[0]!.steps[0]!.atMs, 60_000, 60_000],
      ['the last', verdict.findings[0]!.steps.at(-1)!.atMs, 61_000, 65_000],
      ['inventory is only slow', edge(verdict, 'orders -> inventory').successShare, 0.999, 1],
    ],
  },
  {
    name: 'misleading-average',
    scenario: undefined,
    findings: [],
    failing: ['search p99.9 < 1s'],
    numbers: (verdict) => [
      ['mean', verdict.traffic[0]!.latency.mean, 72, 87],
      ['p99.9', verdict.traffic[0]!.latency.p999, 4950, 5050],
    ],
  },
  {
    name: 'uncoordinated-policies',
    scenario: 'a-little-slower',
    findings: ['wasted-work'],
    failing: ['portal success > 99%', 'portal p99 < 2s', 'portal -> reports rejected < 1%'],
    numbers: (verdict) => [
      ['success', verdict.traffic[0]!.successShare, 0.5, 0.72],
      ['refused by the breaker', edge(verdict, 'portal -> reports').rejectedShare, 0.25, 0.5],
    ],
  },
  {
    name: 'noisy-fallback',
    scenario: 'prices-slow',
    findings: ['fallback-normal', 'exhaustion'],
    failing: ['web -> prices fallback < 5% from 120s to 200s'],
    numbers: (verdict) => [
      ['success at the front door', verdict.traffic[0]!.successShare, 0.999, 1],
      ['slowest answers', verdict.traffic[0]!.latency.p999, 900, 1000],
      ['fallback, over the run', edge(verdict, 'web -> prices').fallbackShare, 0.7, 0.76],
      ['attempts per task', edge(verdict, 'web -> prices').attemptsPerTask, 2.4, 2.6],
    ],
  },
  {
    name: 'bookinfo',
    scenario: 'ratings-delay',
    findings: ['wasted-work'],
    failing: ['productpage p99 < 4s', 'productpage -> reviews success > 99%'],
    numbers: (verdict) => [
      // As documented: unavailable after twice 3 s, while the ratings come after 7 s, within 10 s.
      ['p99 of the page', verdict.traffic[0]!.latency.p99, 5950, 6050],
      ['ratings for reviews', edge(verdict, 'reviews -> ratings').successShare, 1, 1],
      ['p99 of the ratings', edge(verdict, 'reviews -> ratings').latency.p99, 6950, 7100],
    ],
  },
  {
    name: 'cache-stampede',
    scenario: undefined,
    findings: ['stampede', 'exhaustion', 'wasted-work'],
    failing: ['web success > 99.9%', 'web p99 < 2s'],
    numbers: (verdict) => [
      ['every second call fails', verdict.traffic[0]!.successShare, 0.35, 0.65],
      ['of one key at once', edge(verdict, 'web -> pages').cache!.recomputingMax, 300, 500],
    ],
  },
  {
    name: 'thundering-herd',
    scenario: 'gateway-dies',
    findings: ['thundering-herd'],
    failing: ['phones success > 99.9%', 'recovers within 10s'],
    numbers: (verdict) => [
      ['one call in twenty fails', verdict.traffic[0]!.successShare, 0.94, 0.96],
      ['retries', edge(verdict, 'phones -> gateway').attemptsPerTask, 1.25, 1.4],
    ],
  },
];

function edge(verdict: Verdict, name: string): Verdict['edges'][number] {
  return verdict.edges.find((each) => each.edge === name)!;
}

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'seaworthy-examples-'));

afterAll(() => rmSync(scratch, { recursive: true }));

interface Simulated {
  readonly exitCode: number;
  readonly scenarios: readonly { readonly scenario: string; readonly verdict: Verdict }[];
}

/** Runs the command line as a user does. */
function simulateFile(file: string, given: readonly string[]): Promise<Simulated> {
  const out = join(scratch, file);
  const short = ['--replications', '1', '--format', 'json', '--progress', 'none', '--out', out];
  const simulated = ['simulate', `examples/${file}`, ...given, ...short];
  const command = ['packages/seaworthy/bin/seaworthy.js', ...simulated];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: root, maxBuffer: 1e8 }, (error, stdout) => {
      const { scenarios } = JSON.parse(stdout) as Pick<Simulated, 'scenarios'>;
      done({ exitCode: Number(error?.code ?? 0), scenarios });
    });
  });
}

async function simulate(
  story: Story,
  file: string,
): Promise<{ readonly exitCode: number; readonly verdict: Verdict }> {
  const given = ['--scenario', story.scenario ?? 'calm'];
  const { exitCode, scenarios } = await simulateFile(`${story.name}/${file}`, given);
  return { exitCode, verdict: scenarios[0]!.verdict };
}

// All at once, as far as the runner allows: each is a process of its own.
describe.concurrent.each(stories)('examples/$name', (story) => {
  it('fails for the reason it tells', { timeout: 60_000 }, async () => {
    const { exitCode, verdict } = await simulate(story, 'seaworthy.yaml');
    const failing = verdict.objectives.filter((each) => each.outcome !== 'pass');
    const grave = verdict.findings.filter((each) => each.severity !== 'medium');
    expect(exitCode).toBe(1);
    expect(failing.map((each) => each.text)).toEqual(expect.arrayContaining([...story.failing]));
    expect(grave.map((each) => each.id)).toEqual(story.findings);
    // What it suggests first has been simulated, and the worst finding is gone with it.
    const [worst] = verdict.findings;
    if (worst !== undefined) expect(worst.changes[0]?.tried?.effect).toBe('solves');
    for (const { changes } of verdict.findings) expect(changes[0]?.tried).not.toBeNull();
    for (const [what, value, from, to] of story.numbers(verdict)) {
      expect(value, what).toBeGreaterThanOrEqual(from);
      expect(value, what).toBeLessThanOrEqual(to);
    }
  });

  it('passes once it is fixed', { timeout: 60_000 }, async () => {
    const { exitCode, verdict } = await simulate(story, 'fixed.yaml');
    expect(verdict.objectives.filter((each) => each.outcome !== 'pass')).toEqual([]);
    expect(verdict.findings.filter((each) => each.severity !== 'medium')).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

// Processes that run: `npm run agreement` holds them against this.
describe.concurrent('examples/shop-real', () => {
  const outcomesOf = async (file: string) => {
    const { exitCode, scenarios } = await simulateFile(`shop-real/${file}`, ['--no-try']);
    const outcomes = scenarios.map(({ scenario, verdict }) => [scenario, verdict.outcome]);
    return { exitCode, outcomes: Object.fromEntries(outcomes) as Record<string, string> };
  };
  const names = ['retry-storm', 'pool-exhaustion', 'stampede', 'brown-out'];

  it.each([
    ['fails in every scenario', 'seaworthy.yaml', 1, 'fail'],
    ['passes once it is fixed', 'fixed.yaml', 0, 'pass'],
  ])('%s', { timeout: 60_000 }, async (_, file, exitCode, outcome) => {
    const outcomes = Object.fromEntries(names.map((name) => [name, outcome]));
    expect(await outcomesOf(file)).toEqual({ exitCode, outcomes });
  });
});
