import { type Browser, chromium, type Page } from 'playwright-core';

import { debianProgram } from '../../../tests/debian/program.ts';

/** Debian's Chromium, installed when it is missing; undefined where it cannot be had. */
export const chromiumPath = await debianProgram('chromium', 'the page in a real browser');

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('there is no Chromium');
  // As root, in a container without a graphics card.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath: chromiumPath, args });
}

export interface Opened {
  readonly page: Page;
  /** What the page said that it should not have: errors, and anything it asked of the network. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly still?: boolean;
}

/** Keeps the moment at which the page first had something to show, in `shownMs`. */
function noteWhenShown(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('main') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => Object.assign(window, { shownMs: performance.now() }));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Opens a page, and waits until it shows something. */
export async function openPage(browser: Browser, url: string, look: Look = {}): Promise<Opened> {
  const { width = 1280, height = 900, scheme = 'light', still = false } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: still ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url.split('#')[0]) complaints.push(request.url());
  });
  await page.addInitScript(noteWhenShown);
  await page.goto(url);
  await page.waitForSelector('#provenance, #limits-run, .drop');
  return { page, complaints };
}
