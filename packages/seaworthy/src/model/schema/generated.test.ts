import { describe, expect, it } from 'vitest';
import { docsPage } from './docs.ts';
import { jsonSchema } from './json-schema.ts';

// `npx vitest run -u` writes both anew.
describe('what is generated from the schema is up to date', () => {
  it('the JSON Schema for editors', async () => {
    const text = `${JSON.stringify(jsonSchema(), null, 1)}\n`;
    await expect(text).toMatchFileSnapshot('../../../schema/seaworthy.schema.json');
  });

  it('the docs page', async () => {
    await expect(docsPage()).toMatchFileSnapshot('../../../../../docs/file.md');
  });

  it('says something about every key', () => {
    expect(docsPage()).not.toMatch(/undefined|\| +\||\[object/);
  });
});
