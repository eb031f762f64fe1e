import { describe, expect, it } from 'vitest';

import { parser } from '@lezer/javascript';
import { importsOf } from './imports.ts';
import { Reader } from './lower.ts';

function imported(text: string, written: string): string | undefined {
  const found = importsOf(parser.parse(text), new Reader(text))(written);
  return found && `${found.name} of ${found.module}`;
}

describe('the imports of a file', () => {
  it.each([
    ["import pRetry, { AbortError } from 'p-retry';", 'pRetry', 'default of p-retry'],
    ["import pRetry, { AbortError } from 'p-retry';", 'AbortError', 'AbortError of p-retry'],
    ["import { Pool as Sockets } from 'undici';", 'Sockets', 'Pool of undici'],
    ["import { type Options, Pool } from 'undici';", 'Pool', 'Pool of undici'],
    ["import * as http from 'node:http';", 'http.Agent', 'Agent of http'],
    ["const { Worker, Queue: Q } = require('bullmq'), y = 1;", 'Q', 'Queue of bullmq'],
    ["const Breaker = require('opossum');", 'Breaker', 'default of opossum'],
    ["const Agent = require('https').Agent;", 'Agent', 'Agent of https'],
    ["const { Pool } = await import('pg');", 'Pool', 'Pool of pg'],
  ])('%s tells %s', (text, written, expected) => {
    expect(imported(text, written)).toBe(expected);
  });

  it('tell nothing of other names, nor of parts of what is no module', () => {
    const text = "import { Pool } from 'pg'; const a = make('b');";
    expect(imported(text, 'Other')).toBeUndefined();
    expect(imported(text, 'a')).toBeUndefined();
    expect(imported(text, 'Pool.of')).toBeUndefined();
    expect(imported("import pg from 'pg';", 'pg.native.Pool')).toBeUndefined();
    expect(imported("import type { Pool } from 'pg';", 'Pool')).toBeUndefined();
  });
});
