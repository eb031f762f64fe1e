import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { pairMessages, variableMessages } from '../../testing/pairs.ts';
import { variablesLandscape } from '../../testing/variables.ts';
import { dr01 } from './dr01-one-side-only.ts';
import { dr02 } from './dr02-misspelled.ts';
import { dr03 } from './dr03-must-be-equal.ts';
import { dr05 } from './dr05-must-differ.ts';
import { dr06 } from './dr06-another-unit.ts';

/** The code reads these. */
function reads(names: readonly string[], hasDefault: boolean) {
  const at = { kind: 'file', file: 'src/settings.ts', line: 3, column: 9 } as const;
  return { variableReads: names.map((name) => ({ name, at, hasDefault })) };
}

describe('DR01', () => {
  it('finds what only one environment has', () => {
    expect(variableMessages(dr01, 'A=1\nB=2', 'B=3\nC=4')).toMatchInlineSnapshot(`
      ".env.production:2:1 medium DR01
      .env C: C is set in production and not in staging
        C in production: set (.env.production:2)
      passes: C in staging as well, or in neither

      .env.staging:1:1 medium DR01
      .env A: A is set in staging and not in production
        A in staging: set (.env.staging:1)
      passes: A in production as well, or in neither"
    `);
  });

  it('is graver where the code has no value of its own', () => {
    const here = variablesLandscape('A=1', 'staging');
    const without = (hasDefault: boolean) => {
      const there = variablesLandscape('', 'production', reads(['A'], hasDefault));
      return pairMessages(dr01, here, {
        ...there,
        environmentFiles: [{ file: '.env.production', environment: 'production', variables: [] }],
      });
    };
    expect(without(false)).toContain('high DR01');
    expect(without(false)).toContain('read without a default: yes (src/settings.ts:3)');
    expect(without(true)).toContain('medium DR01');
  });

  it('is content with the same names', () => {
    expect(variableMessages(dr01, 'A=1\nB=2', 'B=3\nA=4')).toBe('');
  });
});

describe('DR02', () => {
  const check = (text: string, names: readonly string[]) => {
    return messages(dr02, variablesLandscape(text, 'staging', reads(names, true)));
  };

  it('finds a misspelled name', () => {
    expect(check('DB_TIEMOUT=3s', ['DB_TIMEOUT'])).toMatchInlineSnapshot(`
      ".env.staging:1:1 medium DR02
      .env DB_TIEMOUT: nothing reads DB_TIEMOUT; the code reads DB_TIMEOUT, which is not set
        set: DB_TIEMOUT (.env.staging:1)
        read: DB_TIMEOUT (src/settings.ts:3)
      passes: DB_TIMEOUT instead of DB_TIEMOUT"
    `);
    expect(check('DB_TIMEOTS=3s', ['DB_TIMEOUT'])).toContain('DR02');
    expect(check('DBHOST=3', ['DBHOTS'])).toContain('DR02');
  });

  it.each([
    ['it is read', 'DB_TIMEOUT=3s', ['DB_TIMEOUT', 'DB_TIMEOUTS']],
    ['the other is set too', 'DB_TIEMOUT=3s\nDB_TIMEOUT=3s', ['DB_TIMEOUT']],
    ['it is three letters away', 'DB_TIMEBELT=3s', ['DB_TIMEOUT']],
    ['it is short', 'DHOST=3', ['DHOTS']],
    ['nobody knows what the code reads', 'DB_TIEMOUT=3s', []],
  ])('is content where %s', (_, text, names) => {
    expect(check(text, names)).toBe('');
  });
});

describe('DR03 of variables', () => {
  it('finds another policy', () => {
    const found = variableMessages(dr03, 'HTTP_TIMEOUT=3s', 'HTTP_TIMEOUT=10s');
    expect(found).toMatchInlineSnapshot(`
      ".env.production:1:1 high DR03
      .env: environment HTTP_TIMEOUT: 3s in staging, 10s in production
        environment HTTP_TIMEOUT in staging: 3s (.env.staging:1)
        environment HTTP_TIMEOUT in production: 10s (.env.production:1)
      passes: the same in both: what is rehearsed with 10s holds there"
    `);
  });

  it('takes texts that mean the same for the same', () => {
    expect(variableMessages(dr03, 'HTTP_TIMEOUT=30s', 'HTTP_TIMEOUT=30000ms')).toBe('');
    expect(variableMessages(dr03, 'TITLE=a', 'TITLE=b')).toBe('');
    expect(variableMessages(dr03, 'DB_POOL_SIZE=10', 'DB_POOL_SIZE=40')).toBe('');
  });
});

describe('DR05', () => {
  it('finds what must never be shared', () => {
    const text = 'DB_URL=pg://u:pass1word@db.acme.io/a\nS3_BUCKET=orders';
    expect(variableMessages(dr05, text, text)).toMatchInlineSnapshot(`
      ".env.production:1:1 critical DR05
      .env DB_URL: DB_URL is the same in staging and production: pg://u:(secret)@db.acme.io/a
        environment DB_URL in staging: pg://u:(secret)@db.acme.io/a (.env.staging:1)
        environment DB_URL in production: pg://u:(secret)@db.acme.io/a (.env.production:1)
      passes: a DB_URL of its own for staging

      .env.production:2:1 critical DR05
      .env S3_BUCKET: S3_BUCKET is the same in staging and production: orders
        environment S3_BUCKET in staging: orders (.env.staging:2)
        environment S3_BUCKET in production: orders (.env.production:2)
      passes: a S3_BUCKET of its own for staging"
    `);
  });

  it('compares secrets without showing them', () => {
    const found = variableMessages(dr05, 'API_TOKEN=abc123', 'API_TOKEN=abc123');
    expect(found).toContain('API_TOKEN is the same in staging and production: (secret)');
    expect(found).not.toContain('abc123');
    expect(variableMessages(dr05, 'API_TOKEN=abc123', 'API_TOKEN=abc124')).toBe('');
  });

  it.each([
    ['a name of the network', 'DATABASE_URL=postgres://db:5432/shop'],
    ['an address of a private network', 'REDIS_HOST=10.0.0.4'],
    ['what is filled in later', 'S3_BUCKET=${BUCKET}'],
    ['what is empty', 'S3_BUCKET='],
    ['what may be shared', 'DOCS_URL=https://docs.example.net'],
  ])('is content with %s', (_, text) => {
    expect(variableMessages(dr05, text, text)).toBe('');
  });
});

describe('DR06', () => {
  it('finds another unit or type', () => {
    expect(variableMessages(dr06, 'HTTP_TIMEOUT=30', 'HTTP_TIMEOUT=30s')).toMatchInlineSnapshot(`
      ".env.production:1:1 high DR06
      .env: environment HTTP_TIMEOUT: another unit or type: 30 in staging, 30s in production
        environment HTTP_TIMEOUT in staging: 30 (.env.staging:1)
        environment HTTP_TIMEOUT in production: 30s (.env.production:1)
      passes: the same unit and type in both"
    `);
    expect(variableMessages(dr06, 'HTTP_TIMEOUT=30', 'HTTP_TIMEOUT=30000')).toContain('DR06');
    expect(variableMessages(dr06, 'DB_POOL_SIZE=30', 'DB_POOL_SIZE=on')).toContain('DR06');
  });

  it('is content with another value of the same kind', () => {
    expect(variableMessages(dr06, 'HTTP_TIMEOUT=30', 'HTTP_TIMEOUT=29999')).toBe('');
    expect(variableMessages(dr06, 'HTTP_TIMEOUT=30s', 'HTTP_TIMEOUT=31s')).toBe('');
    expect(variableMessages(dr06, 'API_TOKEN=30', 'API_TOKEN=30s')).toBe('');
  });
});
