import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('the answer to a load', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('collapse/seaworthy.yaml', 'collapse');
    url = await harbour.page('collapse.html', 'collapse');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('is a loop where it depends on what came before, and says so in words and in a table', async () => {
    const { page, complaints } = await openPage(browser, url);
    const section = page.locator('#response');
    expect(await section.locator('.said').first().textContent()).toMatch(
      /One load, two answers: of \S+\/s, 0\/s succeeded from 70 s to the end, and \S+\/s before/,
    );
    const label = await section.getByRole('img').first().getAttribute('aria-label');
    expect(label).toContain('two answers');
    const legs = section.locator('.response').first().locator('.way');
    expect(await legs.count()).toBe(3);
    await section.locator('summary').click();
    await section.locator('tbody tr').first().waitFor();
    const rows = await section.locator('tbody tr').allTextContents();
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.at(-1)).toContain('after it');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('goes with the cursor of the page, and moves it', async () => {
    const { page } = await openPage(browser, `${url}#at=66000`);
    const here = page.locator('#response .here').first();
    const before = await here.getAttribute('cx');
    expect(await page.locator('#response .legend').first().textContent()).toContain('at 6');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await here.getAttribute('cx')).not.toBe(before);
    await page.keyboard.press('Escape');
    expect(await here.count()).toBe(0);
    // A neighbour may cover it, which is as near to the end.
    await page
      .locator('#response .response')
      .first()
      .locator('circle')
      .last()
      .click({ force: true });
    const at = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');
    expect(Number(at)).toBeGreaterThan(70_000);
    expect(await here.count()).toBe(1);
    await page.context().close();
  });

  it('is that of a call that is chosen', async () => {
    const { page } = await openPage(browser, url);
    await page.locator('table.edges .link').first().click();
    expect(await page.locator('#response h3').first().textContent()).toContain('callers -> desk');
    await page.context().close();
  });
});
