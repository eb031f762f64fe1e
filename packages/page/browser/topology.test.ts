import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('who calls whom', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('poison-message/seaworthy.yaml', 'poison');
    url = await harbour.page('poison.html', 'poison');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('goes through a message queue, from who publishes to who consumes', async () => {
    const { page, complaints } = await openPage(browser, `${url}#at=100000`);
    const publishing = page.locator('.publishing');
    expect(await publishing.count()).toBe(1);
    expect(await publishing.locator('title').textContent()).toMatch(
      /^shop puts \d+\/s into orders$/,
    );
    const lefts = await page.locator('.node .box').evaluateAll((boxes) => {
      return boxes.map((box) => box.getBoundingClientRect().left);
    });
    // Sources, services, queues: as in the record. The queue stands between the two services.
    const [shoppers, shop, warehouse, orders] = lefts as [number, number, number, number];
    expect([shoppers < shop, shop < orders, orders < warehouse]).toEqual([true, true, true]);
    expect(await page.textContent('#topology .note')).toContain('Dots');
    // Who looks at the shop looks at what it publishes to as well.
    await page.getByRole('button', { name: /^shop / }).click();
    expect(await publishing.getAttribute('data-dim')).toBe('false');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('goes down to single replicas, with the cursor of all charts', async () => {
    const { page, complaints } = await openPage(browser, `${url}#at=100000`);
    // Its two replicas are alike: they are drawn for who asks.
    expect(await page.locator('#replicas-shop').count()).toBe(0);
    await page.getByRole('button', { name: /^shop / }).click();
    const chart = page.locator('#replicas-shop');
    expect(await chart.locator('.legend').textContent()).toMatch(/#1 .* ms/);
    const label = await chart.getByRole('img').getAttribute('aria-label');
    expect(label).toMatch(/^shop, replica by replica.* Slowest is #/);
    expect(await chart.locator('.cursor-line').isVisible()).toBe(true);
    await chart.locator('summary').click();
    // The table is made when it is opened.
    await chart.locator('tbody tr').first().waitFor();
    expect(await chart.locator('tbody tr').count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
