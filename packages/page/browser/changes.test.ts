import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { axeViolations } from './axe.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('a change that was tried', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    browser = await launch();
    const file = harbour.example('retry-storm/seaworthy.yaml');
    await harbour.seaworthy('simulate', file, '--replications', '1', '--out', 'tried');
    url = await harbour.page('tried.html', 'tried');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  const first = '#finding-1 .change >> nth=0';
  const canvases = (page: Page): Promise<readonly boolean[]> =>
    page
      .locator('.did canvas')
      .evaluateAll((all) => all.map((canvas) => (canvas as HTMLCanvasElement).height > 0));

  it('stands beside what it did to the objectives', async () => {
    const { page, complaints } = await openPage(browser, url);
    const [left, right] = await Promise.all([
      page.locator(`${first} >> .difference`).boundingBox(),
      page.locator(`${first} >> .did`).boundingBox(),
    ]);
    expect(right!.x).toBeGreaterThan(left!.x + left!.width);
    expect(Math.abs(right!.y - left!.y)).toBeLessThan(60);
    expect(await page.locator(`${first} >> .chart`).count()).toBe(2);
    const sentence = await page.locator(`${first} >> .plot >> nth=0`).getAttribute('aria-label');
    expect(sentence).toMatch(/^web success > 90%\. without the change: 100 % .* 0 % at the end\./);
    expect(sentence).toMatch(/with it: .* 100 % at the end/);
    await page.locator(`${first} >> .twin summary >> nth=0`).click();
    expect(await page.locator(`${first} >> .twin tbody tr`).count()).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('follows the part that is shown', async () => {
    const { page } = await openPage(browser, url);
    const sentence = (): Promise<string | null> =>
      page.locator(`${first} >> .plot >> nth=0`).getAttribute('aria-label');
    const before = await sentence();
    await page.goto(`${url}#from=0&to=40000`);
    await page.reload();
    await page.waitForSelector('.did');
    expect(await sentence()).not.toBe(before);
    expect(await sentence()).toContain('without the change: 100 % at first');
    await page.context().close();
  });

  it('is drawn on paper where it was folded away', async () => {
    const { page } = await openPage(browser, url);
    const closed = page.locator('#finding-2 .did canvas');
    expect(await closed.first().isVisible()).toBe(false);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await canvases(page)).not.toContain(false);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('is there for everyone (%s)', async (scheme) => {
    const { page } = await openPage(browser, url, { scheme });
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });
});
