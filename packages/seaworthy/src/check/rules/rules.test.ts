import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { severities } from '../severity.ts';
import { rulePage, rulesPage } from './page.ts';
import { allRules as rules } from './rules.ts';

const docs = new URL('../../../../../docs/rules/', import.meta.url);

describe('the rules', () => {
  it('have ids of their own, in order', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s says all that a page needs',
    (_, rule) => {
      const { id, name, formula, why, sources, remedy, needs, severity } = rule;
      expect(id).toMatch(/^[A-Z]{2}\d{2}$/);
      expect(severities).toContain(severity);
      for (const text of [name, formula, why, ...needs]) expect(text).toMatch(/[^.\s]$/);
      expect(remedy).toMatch(/^[A-Z`].*\.$/s);
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(source).toMatch(/^https:\/\/\S+$/);
      expect(needs.length).toBeGreaterThan(0);
    },
  );

  // `npx vitest run -u` writes them anew.
  it.each(rules.map((rule) => [rule.id, rule] as const))('%s has its page', async (id, rule) => {
    await expect(rulePage(rule)).toMatchFileSnapshot(new URL(`${id}.md`, docs).pathname);
  });

  it('are all in the index, and no page is left of one that is gone', async () => {
    await expect(rulesPage(rules)).toMatchFileSnapshot(new URL('README.md', docs).pathname);
    const pages = rules.map(({ id }) => `${id}.md`);
    expect(readdirSync(docs).filter((name) => /^[A-Z]{2}\d{2}\.md$/.test(name))).toEqual(pages);
  });
});
