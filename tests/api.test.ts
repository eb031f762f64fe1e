import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiReports } from './api/reports.ts';
import type { ApiReport } from './api/reports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['packages/policy', 'packages/seaworthy'];

describe('the public API', () => {
  let reports: readonly ApiReport[] = [];

  beforeAll(() => {
    reports = apiReports(packages);
  }, 60_000);

  it('is what has been reviewed: packages/*/api', async () => {
    for (const { file, text } of reports) {
      await expect(text).toMatchFileSnapshot(`${root}${file}`);
    }
    const kept = packages.flatMap((folder) =>
      readdirSync(`${root}${folder}/api`).map((name) => `${folder}/api/${name}`),
    );
    expect(reports.map(({ file }) => file)).toEqual(expect.arrayContaining(kept));
  });

  it('is documented, each symbol and each member', () => {
    expect(reports.flatMap(({ undocumented }) => undocumented)).toEqual([]);
  });

  it('names no type that no entry exports', () => {
    const exported = reports.flatMap(({ text }) =>
      [...text.matchAll(/^export (?:declare |abstract )*\w+ (\w+)/gm)].map(([, name]) => name),
    );
    const missing = reports.flatMap(({ file, text, forgotten }) =>
      forgotten
        .filter((type) => new RegExp(`\\b${type}\\b`).test(text) && !exported.includes(type))
        .map((type) => `${file}: ${type}`),
    );
    expect(missing).toEqual([]);
  });

  it('is read without errors', () => {
    expect(reports.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
