import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Limits {
  readonly state: { readonly name: string };
  readonly stableUpTo: { readonly at: number };
  readonly vulnerableUpTo: { readonly at: number };
  readonly headroom: number;
  readonly triggers: readonly {
    readonly tipsAt: { readonly kind: string; readonly at: number };
    readonly asWritten: number;
  }[];
}

const root = resolve(import.meta.dirname, '..');

/** Runs the command line as a user does, and not as sharply. */
function limitsOf(file: string): Promise<{ readonly exitCode: number; readonly limits: Limits }> {
  const given = ['limits', file, '--precision', '10%', '--format', 'json', '--progress', 'none'];
  const command = ['packages/seaworthy/bin/seaworthy.js', ...given];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: root, maxBuffer: 1e8 }, (error, stdout) => {
      done({ exitCode: Number(error?.code ?? 0), limits: JSON.parse(stdout) as Limits });
    });
  });
}

describe.concurrent('examples/collapse', () => {
  it('is vulnerable, as its story tells', { timeout: 240_000 }, async () => {
    const { exitCode, limits } = await limitsOf('examples/collapse/seaworthy.yaml');
    const { state, stableUpTo, vulnerableUpTo, headroom, triggers } = limits;
    expect([exitCode, state.name]).toEqual([1, 'vulnerable']);
    expect(stableUpTo.at).toBeGreaterThan(20);
    expect(stableUpTo.at).toBeLessThan(26);
    expect(vulnerableUpTo.at).toBeGreaterThan(54);
    expect(vulnerableUpTo.at).toBeLessThan(59);
    expect(headroom).toBeCloseTo(stableUpTo.at / 40, 6);
    // In times of the spike of ten seconds.
    expect(triggers[0]?.tipsAt.at).toBeGreaterThan(0.35);
    expect(triggers[0]?.tipsAt.at).toBeLessThan(0.5);
    expect(triggers[0]?.asWritten).toBeGreaterThan(0.9);
  });

  it('is stable once it is fixed', { timeout: 240_000 }, async () => {
    const { exitCode, limits } = await limitsOf('examples/collapse/fixed.yaml');
    expect([exitCode, limits.state.name]).toEqual([0, 'stable']);
    expect(limits.stableUpTo.at).toBeGreaterThan(50);
    expect(limits.triggers[0]?.tipsAt.kind).toBe('above');
  });
});
