import { get } from 'node:http';

import type { Address } from '../../proxy/address.ts';
import { seriesOfText } from './prometheus-text.ts';
import type { Series } from './series.ts';

/** An interval is not held up for longer by a process that stands still. */
const timeoutMs = 400;

/** More is no page of metrics. */
const charactersMax = 20_000_000;

/** What a process publishes of its policies now; undefined: it did not answer in time. */
export function scrape(address: Address, path: string): Promise<readonly Series[] | undefined> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const request = get({ ...address, path, agent: false, signal }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < charactersMax) text += chunk;
      });
      response.on('end', () =>
        resolve(response.statusCode === 200 ? seriesOfText(text) : undefined),
      );
      response.on('error', () => resolve(undefined));
    });
    request.on('error', () => resolve(undefined));
  });
}
