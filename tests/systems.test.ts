import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Report {
  readonly findings: readonly {
    readonly id: string;
    readonly what: string;
    readonly numbers: readonly { readonly value: unknown; readonly origin: { kind: string } }[];
  }[];
  readonly notUnderstood: readonly unknown[];
}

const main = resolve('packages/seaworthy/bin/seaworthy.js');
const systems = resolve('tests/systems');

/** What the real command line says of a system, or of what became of it. */
function run(words: readonly string[]): Promise<string> {
  return new Promise((done) => {
    execFile(process.execPath, [main, ...words], (_, stdout) => done(stdout));
  });
}

async function check(system: string): Promise<Report> {
  return JSON.parse(await run(['check', join(systems, system), '--format', 'json'])) as Report;
}

describe('the Bookinfo sample of Istio', () => {
  it('has an inversion of timeouts, and retries that multiply, with a layer that no file has', async () => {
    const { findings, notUnderstood } = await check('bookinfo');
    const byId = new Map(findings.map((one) => [one.id, one]));
    const inversion = byId.get('RT05 productpage -> reviews')!;
    expect(inversion.numbers.map(({ value }) => value)).toEqual([3000, 10_000]);
    expect(inversion.numbers.every(({ origin }) => origin.kind === 'file')).toBe(true);
    expect(byId.get('RT02 productpage -> reviews')!.what).toContain('application 2 x istio 3 = 6');
    const amplification = byId.get('RT01 ratings')!;
    expect(amplification.what).toContain('18 attempts');
    expect(amplification.numbers.map(({ value, origin }) => [value, origin.kind])).toEqual([
      [2, 'file'],
      [3, 'default'],
      [3, 'default'],
    ]);
    expect(notUnderstood).toEqual([]);
  });
});
