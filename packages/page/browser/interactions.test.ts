import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

describe.skipIf(chromiumPath === undefined)('on the page', () => {
  const harbour = new Harbour();
  let browser: Browser;
  let url = '';
  let page: Page;
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('retry-storm/seaworthy.yaml', 'storm');
    await harbour.simulate('retry-storm/fixed.yaml', 'fixed');
    url = await harbour.page('pair.html', 'storm', 'fixed');
  });

  beforeEach(async () => {
    ({ page, complaints } = await openPage(browser, url));
    return async () => {
      expect(complaints).toEqual([]);
      await page.context().close();
    };
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  const address = (): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.slice(1));

  /** Of the element, as shares of its size. */
  async function drag(selector: string, from: number, to: number): Promise<void> {
    await page.locator(selector).scrollIntoViewIfNeeded();
    const box = (await page.locator(selector).boundingBox())!;
    const y = box.y + box.height / 3;
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * ((from + to) / 2), y);
    await page.mouse.move(box.x + box.width * to, y);
    await page.mouse.up();
  }

  it('a finding shows its part of the run and its calls, and again all of it', async () => {
    await page.click('.findings > li:nth-child(1) .actions button');
    expect(address().get('finding')).toBe('1');
    expect(Number(address().get('from'))).toBeGreaterThan(0);
    expect(await page.getAttribute('.node.source', 'data-dim')).toBe('true');
    await page.click('.findings > li:nth-child(1) .actions button');
    expect(address().size).toBe(0);
  });

  it('a finding gives the command that shows it again, and the change that helps', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.click('.findings > li:nth-child(1) .actions button:nth-child(2)');
    const command = await page.getAttribute('.findings .actions button:nth-child(2)', 'title');
    expect(command).toMatch(/^seaworthy simulate .*--seed \d+$/);
    expect(await page.textContent('[role=status]')).toContain(command!);
    expect(await page.textContent('.difference ins')).toMatch(/^\+ /);
  });

  it('a drag chooses a part for all of the page, and Escape gives all back', async () => {
    await drag('.timeline svg', 0.2, 0.5);
    const [from, to] = [Number(address().get('from')), Number(address().get('to'))];
    expect(from / 210_000).toBeCloseTo(0.2, 1);
    expect(to / 210_000).toBeCloseTo(0.5, 1);
    expect(await page.textContent('#edges .note')).toContain(`${Number((to / 1000).toFixed(1))} s`);
    await drag('#chart-traffic canvas', 0.3, 0.6);
    expect(Number(address().get('to'))).toBeLessThan(to);
    await page.keyboard.press('Escape');
    expect(address().has('from')).toBe(false);
  });

  it('the cursor is the same in all charts, and a click holds it', async () => {
    const box = (await page.locator('#chart-traffic canvas').boundingBox())!;
    await page.locator('#chart-traffic').scrollIntoViewIfNeeded();
    await page.locator('#chart-traffic canvas').hover({ position: { x: 400, y: 60 } });
    const transform = (chart: string): Promise<string> =>
      page.locator(`#chart-${chart} .cursor-line`).evaluate((line) => line.style.transform);
    expect(await transform('traffic')).toBe(await transform('latency'));
    expect(await page.textContent('#chart-traffic .legend b')).toMatch(/\/s/);
    await page.locator('#chart-traffic canvas').click({ position: { x: 400, y: 60 } });
    await page.mouse.move(box.x + 5, 5);
    expect(Number(address().get('at'))).toBeGreaterThan(0);
  });

  it('keys move the cursor, step through events and findings, and say where they are', async () => {
    await page.keyboard.press(']');
    const before = Number(address().get('at'));
    await page.keyboard.press('ArrowRight');
    expect(Number(address().get('at'))).toBeGreaterThan(before);
    expect(await page.textContent('[role=status]')).toMatch(/ s: offered .*succeeded /);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(address().get('finding')).toBe('2');
    await page.keyboard.press('w');
    await page.keyboard.press('a');
    expect(Number(address().get('to')) - Number(address().get('from'))).toBeLessThan(120_000);
    await page.keyboard.press('?');
    await page.waitForSelector('dialog', { state: 'visible' });
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'hidden' });
  });

  it('plays, and stops', async () => {
    await page.click('.player button:nth-child(2)');
    const first = await page.inputValue('.player input');
    await page.waitForTimeout(400);
    expect(Number(await page.inputValue('.player input'))).not.toBe(Number(first));
    await page.keyboard.press('Escape');
    expect(await page.getAttribute('.player button:nth-child(2)', 'aria-pressed')).toBe('false');
  });

  it('the topology shows amplification and the queue at the cursor, and chooses', async () => {
    await page.goto(`${url}#at=30000`);
    await page.reload();
    expect(await page.locator('.pile').count()).toBe(0);
    expect(await page.locator('.badges').count()).toBe(0);
    const place = await page.getAttribute('.node.service >> nth=1', 'transform');
    await page.goto(`${url}#at=150000`);
    expect(await page.textContent('.badges')).toMatch(/×(2\.9|3)/);
    expect(await page.textContent('.pile')).toMatch(/[\d,]+ wait/);
    expect(await page.getAttribute('.node.service >> nth=1', 'transform')).toBe(place);
    await page.locator('.node.service >> nth=1').focus();
    await page.keyboard.press('Enter');
    expect(address().get('service')).toBe('payments');
    expect(await page.textContent('#chart-traffic h3')).toContain('payments');
  });

  it('two runs stand beside each other, and change places', async () => {
    expect(await page.textContent('.beside')).toContain('retry-storm-fixed ✓ Pass');
    const verdicts = await page.locator('[data-verdict]').allTextContents();
    expect(verdicts).toContain('✓ better');
    await page.keyboard.press('c');
    expect(await page.textContent('h1')).toContain('✓ Pass');
    expect(address().get('run')).toBe('2');
    await page.selectOption('.runs select', '');
    expect(await page.locator('#comparison').count()).toBe(0);
  });

  it('the address brings back what was looked at', async () => {
    await page.goto(`${url}#from=50000&to=100000&at=70000&edge=web+-%3E+payments&theme=dark`);
    await page.reload();
    await page.waitForSelector('main');
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(await page.textContent('.about')).toContain('web -> payments');
    expect(await page.textContent('#topology-title')).toBe('Who calls whom, at 70 s');
    expect(await page.getAttribute('tr[data-chosen=true] button', 'aria-pressed')).toBe('true');
  });

  it('every chart has a sentence and a table', async () => {
    const plots = page.locator('.plot');
    for (const label of await plots.evaluateAll((all) => all.map((plot) => plot.ariaLabel ?? ''))) {
      expect(label).toMatch(/: .+ at first, .+ at most, at .+ at the end|: nothing/);
    }
    await page.locator('#chart-traffic .twin summary').click();
    // Rows are drawn when the table is opened, a moment later.
    await page.locator('#chart-traffic .twin tbody tr').nth(20).waitFor();
  });

  it('the calls are sorted, and copied for a spreadsheet', async () => {
    await page.click('table.edges thead th:nth-child(5) button');
    const names = await page.locator('#edges tbody th').allTextContents();
    expect(names).toEqual(['web -> payments', 'shoppers -> web']);
    const csv = await page.getAttribute('#edges .section-head button', 'title');
    expect(csv).toContain('call,offeredPerSecond,');
    // Who is sent the address sees the same order.
    expect(address().get('down')).toBe('attemptsPerTask');
    await page.reload();
    await page.locator('#edges tbody th').first().waitFor();
    expect(await page.locator('#edges tbody th').allTextContents()).toEqual(names);
  });
});
