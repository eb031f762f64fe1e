import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { severities } from '../severity.ts';
import { absentRules } from './absent.ts';
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
    await expect(rulesPage(rules, absentRules)).toMatchFileSnapshot(
      new URL('README.md', docs).pathname,
    );
    const pages = rules.map(({ id }) => `${id}.md`);
    expect(readdirSync(docs).filter((name) => /^[A-Z]{2}\d{2}\.md$/.test(name))).toEqual(pages);
  });
});

/** How many failures of each family are known, numbered from 1. */
const families = { CA: 8, CB: 10, DR: 16, LC: 24, NJ: 17, OB: 11, OV: 6, PQ: 19, RT: 22 };

describe('every known failure', () => {
  it('has a rule, or a reason why there is none', () => {
    const known = Object.entries(families).flatMap(([family, count]) =>
      Array.from({ length: count }, (_, index) => `${family}${String(index + 1).padStart(2, '0')}`),
    );
    const absent = absentRules.map(({ id }) => id);
    expect(absent).toEqual(absent.toSorted());
    expect([...rules.map(({ id }) => id), ...absent].toSorted()).toEqual(
      [...known, 'IN01'].toSorted(),
    );
  });

  it.each(absentRules.map((each) => [each.id, each] as const))(
    '%s says why',
    (_, { name, why }) => {
      expect(name).toMatch(/^[^.]+[^.\s]$/);
      expect(why).toMatch(/^(merged into|needs) .*[^.\s]$/);
      const ids = why.match(/\b[A-Z]{2}\d{2}\b/g) ?? [];
      expect(rules.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    },
  );
});
