import type { PageDocument } from '../seaworthy.ts';

/** The data that a report has in itself; undefined: this page has none. */
export async function embedded(): Promise<PageDocument | undefined> {
  const element = document.querySelector<HTMLTemplateElement>('#run-data');
  const text = element?.content.textContent ?? '';
  // A megabyte that nobody reads again.
  element?.remove();
  if (text === '') return undefined;
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const read = (await new Response(unzipped).json()) as PageDocument;
  return read.schema === 1 ? read : undefined;
}
