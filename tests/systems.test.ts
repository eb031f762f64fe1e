import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { check } from '../packages/seaworthy/src/check/check.ts';
import type { Finding } from '../packages/seaworthy/src/check/finding.ts';
import { rules } from '../packages/seaworthy/src/check/rules/rules.ts';
import type { Landscape } from '../packages/seaworthy/src/model/import/landscape.ts';
import { readLandscape } from '../packages/seaworthy/src/model/import/read-landscape.ts';
import { Secrets } from '../packages/seaworthy/src/model/import/secrets.ts';
import { modelText } from '../packages/seaworthy/src/model/import/write/model-text.ts';
import { hashModel } from '../packages/seaworthy/src/model/hash.ts';
import { readModel } from '../packages/seaworthy/src/model/read.ts';

const systems = resolve('tests/systems');

function landscapeOf(system: string): Landscape {
  return readLandscape(join(systems, system), new Secrets(new Uint8Array(32)));
}

function findingsOf(system: string): readonly Finding[] {
  return check(landscapeOf(system), rules).findings;
}

/** What the real command line prints. */
function run(words: readonly string[]): Promise<string> {
  return new Promise((done) => {
    const main = resolve('packages/seaworthy/bin/seaworthy.js');
    execFile(process.execPath, [main, ...words], (_, stdout) => done(stdout));
  });
}

describe('the Bookinfo sample of Istio', () => {
  it('has an inversion of timeouts, and retries that multiply, with a layer that no file has', () => {
    const findings = findingsOf('bookinfo');
    const byId = new Map(findings.map((one) => [`${one.rule} ${one.subject}`, one]));
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
    expect(landscapeOf('bookinfo').notUnderstood).toEqual([]);
  });
});

describe('the Online Boutique of Google', () => {
  it('restarts what is only busy, cuts requests off, and has nothing to spare', () => {
    const findings = findingsOf('online-boutique');
    const found = (rule: string): readonly string[] =>
      findings.filter((one) => one.rule === rule).map(({ subject }) => subject);
    const services = (rule: string) => found(rule).filter((name) => name !== 'redis-cart');
    expect(services('LC01')).toEqual([
      'adservice',
      'cartservice',
      'checkoutservice',
      'currencyservice',
      'emailservice',
      'paymentservice',
      'productcatalogservice',
      'recommendationservice',
    ]);
    expect(found('LC06')).toHaveLength(8);
    const short = findings.filter((one) => one.rule === 'LC06');
    expect(short.every(({ numbers }) => numbers.some(({ value }) => value === 5000))).toBe(true);
    expect(found('LC07')).toHaveLength(12);
    expect(found('LC12')).toHaveLength(12);
  });
});

describe('a well-configured shop', () => {
  const forms = ['compose', 'kubernetes', 'istio'];

  it.each(forms)('has no findings: %s', (form) => {
    const landscape = landscapeOf(`shop/${form}`);
    expect(check(landscape, rules).findings).toEqual([]);
    expect(landscape.notUnderstood).toEqual([]);
    expect(landscape.edges).toHaveLength(3);
  });

  it('is the same model in all forms', () => {
    const models = forms.map((form) => {
      const text = modelText(landscapeOf(`shop/${form}`), 'shop')!;
      return hashModel(readModel(text, form, {}).model);
    });
    expect(new Set(models).size).toBe(1);
  });
});

describe('what init writes of a system', () => {
  it.each(['bookinfo', 'online-boutique', 'shop/compose'])('runs: %s', async (system) => {
    const folder = mkdtempSync(join(tmpdir(), 'seaworthy-systems-'));
    try {
      const file = join(folder, 'seaworthy.yaml');
      await run(['init', file, '--from', join(systems, system)]);
      const words = ['simulate', file, '--format', 'json', '--replications', '1'];
      words.push('--no-try', '--out', join(folder, 'record'));
      const { outcome } = JSON.parse(await run(words)) as { readonly outcome: string };
      expect(outcome).toMatch(/^(pass|fail)$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
