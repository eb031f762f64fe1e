import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeViolations } from './axe.ts';
import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('the page looks as it should', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('retry-storm/seaworthy.yaml', 'storm');
    await harbour.simulate('retry-storm/fixed.yaml', 'fixed');
    url = await harbour.page('pair.html', 'storm', 'fixed');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it.each(['light', 'dark'] as const)('%s, to everyone (axe-core)', async (scheme) => {
    const { page } = await openPage(browser, url, { scheme });
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });

  it.each([
    [360, 740],
    [1280, 900],
    [3840, 2160],
  ])('at %i x %i pixels', async (width, height) => {
    const { page } = await openPage(browser, url, { width, height, still: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const seen = await shrunk(page);
    const file = join(import.meta.dirname, 'looks', `${width}.json`);
    if (process.env['UPDATE_LOOKS'] !== undefined) {
      writeFileSync(file, `${JSON.stringify(seen)}\n`);
    }
    const before = JSON.parse(readFileSync(file, 'utf8')) as readonly number[];
    // Fonts differ from machine to machine, and move nothing by so much.
    expect(difference(seen, before)).toBeLessThan(0.04);
    await page.context().close();
  });

  it('on paper, with all findings', async () => {
    const { page } = await openPage(browser, url, { scheme: 'dark' });
    const closed = await page.locator('.findings > li > details:not([open])').count();
    expect(closed).toBeGreaterThan(0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await page.locator('.findings > li > details:not([open])').count()).toBe(0);
    expect(await page.getAttribute('html', 'data-theme')).toBe('light');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(50_000);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await page.context().close();
  });

  it('moves in steps for those who want no motion', async () => {
    const { page } = await openPage(browser, url, { still: true });
    await page.click('.player button:nth-child(2)');
    const first = await page.inputValue('.player input');
    await page.waitForTimeout(250);
    expect(await page.inputValue('.player input')).toBe(first);
    await page.context().close();
  });
});

/** The picture in 48 x 32 greys, 0 to 1: what is where, not how its letters are drawn. */
async function shrunk(page: Page): Promise<readonly number[]> {
  const png = (await page.screenshot()).toString('base64');
  const blank = await page.context().newPage();
  return blank.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(48, 32);
    const context = canvas.getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, 48, 32);
    const { data } = context.getImageData(0, 0, 48, 32);
    return Array.from({ length: 48 * 32 }, (_, at) => {
      const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
      return Math.round((red + green + blue) / 7.65) / 100;
    });
  }, png);
}

/** The mean difference of the greys. */
function difference(one: readonly number[], two: readonly number[]): number {
  return one.reduce((sum, grey, at) => sum + Math.abs(grey - (two[at] ?? 0)), 0) / one.length;
}
