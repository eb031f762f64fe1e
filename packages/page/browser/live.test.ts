import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromiumPath, launch } from './chromium.ts';
import { Harbour } from './runs.ts';

const main = fileURLToPath(new URL('../../seaworthy/dist/bundle/main.js', import.meta.url));
const shop = fileURLToPath(
  new URL('../../seaworthy/src/cli/rehearse/testing/shop', import.meta.url),
);

describe.skipIf(chromiumPath === undefined)('a page that is opened before its run', () => {
  const harbour = new Harbour();
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
    cpSync(shop, harbour.folder, { recursive: true });
  });

  afterAll(async () => {
    await browser?.close();
    harbour.remove();
  });

  it('waits, follows a rehearsal of real processes, and ends with its verdict', async () => {
    const server = spawn(process.execPath, [main, 'report', 'live', '--serve'], {
      cwd: harbour.folder,
    });
    const said = new Promise<string>((resolve) => {
      server.stderr.setEncoding('utf8').once('data', resolve);
    });
    try {
      const url = await new Promise<string>((resolve) => {
        server.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      });
      expect(await said).toBe('waiting for live: nothing is recorded there yet\n');
      const page = await (await browser.newContext()).newPage();
      await page.goto(url);
      await page.waitForSelector('text=Waiting for live: nothing is recorded there yet');
      const words = ['--scenario', 'calm', '--for', '12s', '--out', 'live', '--progress', 'none'];
      const rehearsal = harbour.seaworthy('rehearse', ...words);
      // While it goes on: not judged, and of a length that grows.
      await page.waitForSelector('.live');
      const header = page.locator('#provenance');
      await header.waitFor();
      expect(await header.textContent()).toContain('rehearsed: real processes');
      expect(await page.textContent('h1')).toContain('Not judged');
      const drawn = async (): Promise<number> => {
        const [, count = '0'] = /intervals(\d+) of/.exec((await header.textContent()) ?? '') ?? [];
        return Number(count);
      };
      const first = await drawn();
      await expect.poll(drawn, { timeout: 60_000 }).toBeGreaterThan(first + 1);
      expect(await page.textContent('h1')).toContain('Not judged');
      await rehearsal;
      await page.waitForSelector('.live', { state: 'detached' });
      expect(await page.textContent('h1')).not.toContain('Not judged');
    } finally {
      server.kill('SIGINT');
    }
    expect(await new Promise((resolve) => server.once('close', resolve))).toBe(0);
  }, 120_000);
});
