import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { readRows } from './read-rows.ts';

it('rows of CSV read back, whatever the values are', () => {
  const value = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', 'é', ' ') });
  const rows = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, (values) => {
      const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
      const lines = values.map((cells) => cells.map(quoted).join(','));
      const read = readRows(['one,two', ...lines].join('\n'), 'a.csv');
      expect(read).toEqual(values.map(([one, two]) => ({ one, two })));
    }),
  );
});
