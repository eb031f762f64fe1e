import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiReports } from './api/reports.ts';
import type { ApiReport } from './api/reports.ts';

const folder = fileURLToPath(new URL('../packages/policy/api', import.meta.url));

describe('the public API of @seaworthy/policy', () => {
  let reports: readonly ApiReport[] = [];

  beforeAll(() => {
    reports = apiReports('packages/policy');
  }, 60_000);

  it('is what has been reviewed: packages/policy/api', async () => {
    for (const { name, text } of reports) {
      await expect(text).toMatchFileSnapshot(`${folder}/${name}.api.md`);
    }
    const names = reports.map(({ name }) => `${name}.api.md`);
    expect(names).toEqual(expect.arrayContaining(readdirSync(folder)));
  });

  it('is documented, each symbol and each member', () => {
    expect(reports.flatMap(({ undocumented }) => undocumented)).toEqual([]);
  });

  it('names no type that no entry exports', () => {
    const exported = reports.flatMap(({ text }) =>
      [...text.matchAll(/^export (?:declare |abstract )*\w+ (\w+)/gm)].map(([, name]) => name),
    );
    const missing = reports.flatMap(({ name, text, forgotten }) =>
      forgotten
        .filter((type) => new RegExp(`\\b${type}\\b`).test(text) && !exported.includes(type))
        .map((type) => `${name}: ${type}`),
    );
    expect(missing).toEqual([]);
  });

  it('is read without errors', () => {
    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
