import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

// The short part of the tests in a browser, for `npm test`; `npm run test:page` has all of them.
describe.skipIf(chromiumPath === undefined)('the page of a run', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    [browser] = await Promise.all([
      launch(),
      harbour.simulate('retry-storm/seaworthy.yaml', 'storm'),
    ]);
    url = await harbour.page('storm.html', 'storm');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('opens from disk, asks for nothing, and shows the verdict, its reasons, and the run', async () => {
    const { page, complaints } = await openPage(browser, url);
    expect(await page.textContent('h1')).toMatch(/^✗ Fail Collapsed at 6\d s/);
    expect(await page.textContent('.short')).toMatch(/^Whyretries: .*To do.* = .*\(/);
    expect(await page.locator('.objectives > li').count()).toBe(4);
    expect(await page.textContent('.findings h3')).toContain('metastable failure');
    expect(await page.locator('.chart canvas').count()).toBeGreaterThan(5);
    expect(await page.textContent('table.edges tbody')).toContain('web -> payments');
    await page.click('.findings button');
    expect(await page.getAttribute('.findings > li', 'data-told')).toBe('true');
    expect(new URL(page.url()).hash).toContain('finding=1');
    expect(complaints).toEqual([]);
  });
});
