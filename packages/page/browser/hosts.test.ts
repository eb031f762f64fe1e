import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRecord } from '../../seaworthy/dist/signals/record-reader.js';
import { RecordWriter } from '../../seaworthy/dist/signals/record-writer.js';
import { axeViolations } from './axe.ts';
import { chromiumPath, launch, openPage } from './chromium.ts';
import { Harbour } from './runs.ts';

const builtPage = fileURLToPath(new URL('../../seaworthy/dist/page.html', import.meta.url));
const main = fileURLToPath(new URL('../../seaworthy/dist/bundle/main.js', import.meta.url));

describe.skipIf(chromiumPath === undefined)('the same page', () => {
  const harbour = new Harbour();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    await harbour.simulate('retry-storm/seaworthy.yaml', 'storm');
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('takes the folder of a run', async () => {
    const { page, complaints } = await openPage(browser, pathToFileURL(builtPage).href);
    expect(await page.textContent('h1')).toBe('Drop a run here');
    mkdirSync(harbour.path('other'));
    writeFileSync(harbour.path('other/note.txt'), 'no run');
    await page.setInputFiles('input[type=file]', harbour.path('other'));
    expect(await page.textContent('[role=alert]')).toContain('That is no run');
    await page.setInputFiles('input[type=file]', harbour.path('storm'));
    await page.waitForSelector('.findings');
    expect(await page.textContent('h1')).toContain('✗ Fail Collapsed at');
    expect(await page.textContent('table.edges tbody')).toContain('web -> payments');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows a run while it is written, and its verdict when it is over', async () => {
    const { run, verdict } = await readRecord(harbour.path('storm'));
    const writer = await RecordWriter.open(harbour.path('live'), run.header);
    const half = run.intervals.length / 2;
    for (const interval of run.intervals.slice(0, half)) await writer.appendInterval(interval);
    const child = spawn(process.execPath, [main, 'report', 'live', '--serve'], {
      cwd: harbour.folder,
    });
    try {
      const url = await new Promise<string>((resolve) => {
        child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      });
      const { page, complaints } = await openPage(browser, url);
      expect(await page.textContent('.live')).toContain('live');
      expect(await page.textContent('h1')).toContain('Not judged');
      expect(await page.textContent('#provenance')).toContain(`${half} of 1 s`);
      for (const interval of run.intervals.slice(half)) await writer.appendInterval(interval);
      await writer.close('complete', 0, verdict);
      await page.waitForSelector('.findings');
      expect(await page.textContent('h1')).toContain('✗ Fail');
      expect(await page.textContent('#provenance')).toContain(`${run.intervals.length} of 1 s`);
      await page.waitForSelector('.live', { state: 'detached' });
      expect(complaints.filter((each) => !each.endsWith('/events'))).toEqual([]);
      expect((await fetch(url, { headers: { host: 'elsewhere.example' } })).ok).toBe(true);
      await page.context().close();
    } finally {
      child.kill('SIGINT');
    }
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });

  it('shows a rehearsal beside a simulation', async () => {
    cpSync(harbour.path('storm'), harbour.path('real'), { recursive: true });
    const file = harbour.path('real/run.json');
    const json = readFileSync(file, 'utf8');
    writeFileSync(file, json.replace('"world": "simulate"', '"world": "rehearse"'));
    const url = await harbour.page('worlds.html', 'storm', 'real');
    const { page, complaints } = await openPage(browser, url);
    expect(await page.textContent('.kicker')).toContain('simulated');
    expect(await page.textContent('.beside')).toContain('rehearsed');
    await page.keyboard.press('c');
    expect(await page.textContent('.kicker')).toContain('rehearsed');
    expect(await page.textContent('#provenance')).toContain('rehearsed: real processes');
    const different = page
      .locator('#comparison')
      .locator('[data-verdict=better], [data-verdict=worse]');
    expect(await different.count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows what `seaworthy limits` found', async () => {
    const limits = join(import.meta.dirname, 'limits.json');
    const url = await harbour.page('limits.html', limits);
    const { page, complaints } = await openPage(browser, url, { width: 360 });
    expect(await page.textContent('h1')).toContain('✗ Failing web p99.9 < 100ms fails at every');
    expect(await page.textContent('.statement')).toContain('✗ Vulnerable At 300/s it is healthy');
    expect(await rowsOf(page, '#failing')).toContain('4.69/s 221 ms');
    expect(await rowsOf(page, '#limits')).toMatchInlineSnapshot(`
      [
        "stable up to 170/s 161/s to 194/s 22",
        "vulnerable up to 477/s 469/s to 487/s 32",
        "the load of the file 300/s  ",
        "headroom, stable over load 0.567×  ",
        "fragility, vulnerable over stable 2.81×  ",
        "half collapse: payments-brownout 780 ms 741 to 837 ms 52",
      ]
    `);
    await page.click('#trigger-payments-brownout summary');
    expect(await rowsOf(page, '#trigger-payments-brownout')).toMatchInlineSnapshot(`
      [
        "191 ms – 616 ms 0 6 0.36 % – 41 %",
        "674 ms – 748 ms 0 7 0.32 % – 37 %",
        "756 ms – 814 ms 4 6 29 % – 90 %",
        "819 ms – 874 ms 5 7 35 % – 91 %",
        "904 ms – 1.56 s 6 6 59 % – 99.6 %",
        "1.56 s – 3.9 s 7 7 63 % – 99.7 %",
        "3.9 s – 10 s 6 6 59 % – 99.6 %",
        "10 s – 80 s 7 7 63 % – 99.7 %",
      ]
    `);
    expect(await axeViolations(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await page.locator('#loop circle').count()).toBe(11);
    expect(await page.locator('.frame .mark rect').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('reads every text of a run as text', async () => {
    const evil = '<script>document.title="owned"</script><img src=x onerror=alert(1)>';
    cpSync(harbour.path('storm'), harbour.path('evil'), { recursive: true });
    const file = harbour.path('evil/run.json');
    const json = readFileSync(file, 'utf8').replaceAll('payments', evil.replaceAll('"', '\\"'));
    writeFileSync(file, json);
    const url = await harbour.page('evil.html', 'evil');
    const { page, complaints } = await openPage(browser, url);
    expect(await page.textContent('table.edges tbody')).toContain(`web -> ${evil}`);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('main img, main script').count()).toBe(0);
    // And if there were a script, it would not run.
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "owned"';
      document.body.append(script);
    });
    expect(await page.title()).not.toBe('owned');
    expect(complaints.every((each) => each.includes('Content Security Policy'))).toBe(true);
    await page.context().close();
  });
});

/** The rows of the tables in a part of a page, as a screen reader goes through them. */
async function rowsOf(page: Page, part: string): Promise<readonly string[]> {
  const drawn = page.locator(`${part} tbody tr`);
  // A table that was just opened is drawn only after the click.
  await drawn.first().waitFor();
  return drawn.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent).join(' ')),
  );
}
