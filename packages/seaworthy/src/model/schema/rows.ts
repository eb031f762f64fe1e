import { map, key, shortFor, wrong } from './notes.ts';
import { z } from 'zod';
import { count } from './values.ts';

/** Each has a version and perhaps a line of those that wait for it: some ten bytes. */
const mostRows = 1_000_000;

const rowsMap = map('rows', {
  count: key(count(1, mostRows, 100), 'how many there are; a step picks one at random'),
});

/** What requests change one at a time: rows of a table, files, whatever a lock protects. */
export const rows = z
  .union([count(1, mostRows, 100).transform((it) => rowsMap.parse({ count: it })), rowsMap], {
    error: wrong('not a number of rows', 'write how many there are: 100'),
  })
  .register(shortFor, { key: 'count' });

export type RowsEntry = z.output<typeof rows>;
