import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { nodeApp } from '../../testing/node-app.ts';
import { nj12 } from './nj12-all-at-once.ts';

function handler(body: string): string {
  const code = `app.post('/prices', async (req, res) => {\n  ${body}\n});\n`;
  return messages(
    nj12,
    nodeApp({ packages: { express: '5.1.0' }, files: { 'web/server.js': code } }),
  );
}

const each = 'map((id) => fetch(`http://prices/${id}`))';

describe('NJ12', () => {
  it('finds a list of the caller', () => {
    expect(handler(`res.json(await Promise.all(req.body.ids.${each}));`)).toMatchInlineSnapshot(`
      "web/server.js:2:18 medium NJ12
      web: it makes a call (fetch) for each of req.body.ids, all at once, and nothing bounds
      them
        list: req.body.ids (web/server.js:2)
      passes: at most ten at a time, of a list of bounded length"
    `);
  });

  it('follows a name, and knows other clients', () => {
    const axios = 'ids.map(async (id) => (await axios.get(url(id))).data)';
    expect(handler(`const ids = req.query.ids; await Promise.allSettled(${axios});`)).toContain(
      'a call (axios.get) for each of req.query.ids',
    );
  });

  it('is content with a list of its own, with a bound, and without calls', () => {
    expect(handler(`await Promise.all([1, 2, 3].${each});`)).toBe('');
    expect(handler(`const ids = known(); await Promise.all(ids.${each});`)).toBe('');
    expect(handler(`await Promise.all(req.body.ids.slice(0, 10).${each});`)).toBe('');
    const refused = 'if (req.body.ids.length > 10) return res.sendStatus(413);';
    expect(handler(`${refused} await Promise.all(req.body.ids.${each});`)).toBe('');
    expect(handler('await Promise.all(req.body.ids.map((id) => known.get(id)));')).toBe('');
    const limited = 'req.body.ids.map((id) => limit(() => fetch(id)))';
    expect(handler(`await Promise.all(${limited});`)).toBe('');
    expect(handler(`let ids = ids; await Promise.all(ids.${each});`)).toBe('');
  });
});
