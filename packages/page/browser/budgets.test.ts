import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { chain, layers } from './large-system.ts';
import { Harbour } from './runs.ts';

const builtPage = fileURLToPath(new URL('../../seaworthy/dist/page.html', import.meta.url));

/** What a report may weigh, and how long one may wait for it. */
const APP_BYTES = 60_000;
const HOUR_BYTES = 1_500_000;
const FIRST_PAINT_MS = 1000;
const CURSOR_MS = 16;

describe.skipIf(chromiumPath === undefined)('the page', () => {
  const harbour = new Harbour();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('is small', () => {
    expect(gzipSync(readFileSync(builtPage), { level: 9 }).length).toBeLessThan(APP_BYTES);
  });

  it('holds an hour of twelve services, and is as fast as one thinks', async () => {
    writeFileSync(harbour.path('hour.yaml'), chain(12, 3600, 100));
    await harbour.simulate(harbour.path('hour.yaml'), 'hour');
    const url = await harbour.page('hour.html', 'hour');
    const file = readFileSync(harbour.path('hour.html'), 'utf8');
    const [, data = ''] = /<template id="run-data">([^<]*)/.exec(file) ?? [];
    expect(Buffer.from(data, 'base64').length).toBeLessThan(HOUR_BYTES);
    const { page } = await openPage(browser, url);
    await page.waitForFunction(() => 'shownMs' in window);
    const shownMs = await page.evaluate(() => (window as unknown as { shownMs: number }).shownMs);
    expect(shownMs).toBeLessThan(FIRST_PAINT_MS);
    expect(await cursorMs(page)).toBeLessThan(CURSOR_MS);
    await page.context().close();
  });

  it('holds a day', async () => {
    writeFileSync(harbour.path('day.yaml'), chain(3, 86_400, 3));
    await harbour.simulate(harbour.path('day.yaml'), 'day');
    const { page, complaints } = await openPage(browser, await harbour.page('day.html', 'day'));
    expect(await page.textContent('#topology-title')).toContain('h');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is fluid and readable with 60 services and 200 calls', async () => {
    writeFileSync(harbour.path('large.yaml'), layers(60, 20, 10));
    await harbour.simulate(harbour.path('large.yaml'), 'large');
    const { page } = await openPage(browser, await harbour.page('large.html', 'large'));
    expect(await page.locator('.node.service').count()).toBe(60);
    expect(await page.locator('.edge').count()).toBeGreaterThan(190);
    const overlapping = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.node .box')].map((box) =>
        box.getBoundingClientRect(),
      );
      return boxes.some((one, at) =>
        boxes.slice(at + 1).some((two) => {
          const apart = one.right <= two.left || two.right <= one.left;
          return !apart && one.bottom > two.top && two.bottom > one.top;
        }),
      );
    });
    expect(overlapping).toBe(false);
    const letters = page.locator('.node .name').first();
    expect((await letters.boundingBox())!.height).toBeGreaterThan(8);
    expect(await cursorMs(page)).toBeLessThan(3 * CURSOR_MS);
    await page.context().close();
  });
});

/**
 * How long the page works for one move of the cursor: the median of many, less that of as many
 * turns in which nothing moves, for other programs may be at work.
 */
async function cursorMs(page: Awaited<ReturnType<typeof openPage>>['page']): Promise<number> {
  await page.locator('#chart-traffic canvas').scrollIntoViewIfNeeded();
  return page.evaluate(async () => {
    const plot = document.querySelector('#chart-traffic .plot')!;
    const box = plot.getBoundingClientRect();
    const turnMs = async (turn: number, moves: boolean): Promise<number> => {
      const clientX = box.left + 80 + ((box.width - 100) * turn) / 60;
      const began = performance.now();
      if (moves) {
        plot.dispatchEvent(new PointerEvent('pointermove', { clientX, bubbles: true }));
      }
      // What the move made new is rendered in microtasks; then it is laid out.
      for (let turns = 0; turns < 5; turns++) await Promise.resolve();
      document.body.getBoundingClientRect();
      const tookMs = performance.now() - began;
      await new Promise(requestAnimationFrame);
      return tookMs;
    };
    const median = async (moves: boolean): Promise<number> => {
      const times: number[] = [];
      for (let turn = 0; turn < 60; turn++) times.push(await turnMs(turn, moves));
      return times.toSorted((a, b) => a - b)[30]!;
    };
    return (await median(true)) - (await median(false));
  });
}
