import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { axeViolations } from './axe.ts';
import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('single requests', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('retry-storm/seaworthy.yaml', 'storm');
    url = await harbour.page('requests.html', 'storm');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('tell where a task spent its time, attempt by attempt', async () => {
    const { page, complaints } = await openPage(browser, url);
    expect(await page.textContent('.waterfall caption')).toMatch(/took 2\.\d+ s: failed, error/);
    const rows = await page.locator('.waterfall tbody tr').allTextContents();
    expect(rows[0]).toContain('shoppers -> web, replica');
    expect(rows[1]).toContain('web -> payments');
    expect(rows[2]).toMatch(/attempt 1, replica .*failed, timeout/);
    // Between two attempts it waits to try again, and at the callee for a slot.
    expect(await page.locator('.waterfall rect.backoff').count()).toBe(2);
    expect(await page.locator('.waterfall rect.queue').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are chosen, which goes to their moment, by the keyboard as well', async () => {
    const { page } = await openPage(browser, url);
    const typical = page.getByRole('group', { name: 'Typical' }).getByRole('button').first();
    await typical.focus();
    await page.keyboard.press('Enter');
    expect(await typical.getAttribute('aria-pressed')).toBe('true');
    expect(await page.textContent('.waterfall caption')).toContain('succeeded');
    const at = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('at');
    expect(await page.textContent('.waterfall caption')).toContain(
      `${Math.round(Number(at) / 100) / 10} s`,
    );
    await page.context().close();
  });

  it('are those of the part that is shown', async () => {
    const { page } = await openPage(browser, `${url}#from=20000&to=50000`);
    await page.waitForSelector('#requests');
    expect(await page.getByRole('group', { name: 'Failed' }).count()).toBe(0);
    await page.context().close();
  });

  it('fit on a phone', async () => {
    const { page } = await openPage(browser, url, { width: 360, height: 740 });
    await page.waitForSelector('.waterfall');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('are there for everyone (%s)', async (scheme) => {
    const { page } = await openPage(browser, url, { scheme });
    await page.waitForSelector('.waterfall');
    expect(await axeViolations(page)).toEqual([]);
    await page.context().close();
  });
});
