import { gzipSync } from 'node:zlib';

import type { PageDocument } from './page-run.ts';

/** What the built page has in place of the data. */
const DATA_PLACE = '<template id="run-data"></template>';
const TITLE_PLACE = '<title>Seaworthy</title>';

/**
 * The page with the data in it: one file that needs nothing else. The data is compressed and in
 * base64, so no text of a run is ever read as HTML.
 *
 * @param page the built app
 * @throws Error when that is not the page of this version
 */
export function embed(page: string, document: PageDocument): string {
  const data = gzipSync(JSON.stringify(document), { level: 9 }).toString('base64');
  return fill(
    fill(page, TITLE_PLACE, `<title>${escaped(titleOf(document))}</title>`),
    DATA_PLACE,
    `<template id="run-data">${data}</template>`,
  );
}

function fill(page: string, place: string, text: string): string {
  const at = page.indexOf(place);
  if (at < 0) throw new Error(`the built page has no ${place}`);
  // Not String.replace, which reads `$&` in a text as an order.
  return page.slice(0, at) + text + page.slice(at + place.length);
}

function titleOf({ runs, limits }: PageDocument): string {
  const names = runs.map(({ header }) => `${header.model.name}, ${header.scenario}`);
  const [first = limits?.model.name ?? 'report', second] = names;
  return second === undefined || second === first ? first : `${first} and ${second}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
