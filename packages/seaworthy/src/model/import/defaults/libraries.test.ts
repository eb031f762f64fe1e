import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { Landscape } from '../landscape.ts';
import { readLandscape } from '../read-landscape.ts';
import { Secrets } from '../secrets.ts';

/** What an application with these packages does by itself. */
function app(dependencies: Readonly<Record<string, string>>): Landscape {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-defaults-'));
  try {
    const manifest = JSON.stringify({ name: 'web', dependencies });
    writeFileSync(join(folder, 'package.json'), manifest);
    writeFileSync(join(folder, 'compose.yaml'), 'services: { web: { build: . } }\n');
    return readLandscape(folder, new Secrets(new Uint8Array(32)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what libraries do by themselves', () => {
  it('knows all clients of the AWS SDK by the beginning of their names', () => {
    const { libraries } = app({
      '@aws-sdk/client-s3': '3.900.0',
      '@aws-sdk/lib-storage': '3.900.0',
    });
    expect(libraries.map(({ who }) => who)).toEqual(['@aws-sdk/client-s3 3.900.0']);
    const { attempts, tryTimeoutMs, budget, backoff } = libraries[0]!.layer;
    expect([attempts?.value, tryTimeoutMs?.value]).toEqual([3, Infinity]);
    expect([budget?.share.value, backoff?.jitterShare?.value]).toEqual([0.2, 1]);
  });

  it('knows that ioredis doubles its delays from version 6 on, and draws a part of them', () => {
    const worst = (version: string) => app({ ioredis: version }).caches[0]?.worstWaitMs?.value;
    // 20 attempts to connect for 10 s each; 50, 100, ... 1,000 ms between them.
    expect(worst('5.4.1')).toBe(200_000 + 10_500);
    // 50, 100, ... 3,200 ms, then thirteen times 5 s; 199 ms more each.
    expect(worst('6.0.0')).toBe(200_000 + 6350 + 65_000 + 20 * 199);
    const jitter = (version: string) =>
      app({ ioredis: version }).libraries[0]?.layer.backoff?.jitterShare?.value;
    expect([jitter('5.4.1'), jitter('6.0.0')]).toEqual([0, 0.0398]);
  });

  it('knows pools: as large as the machine says before Prisma 7, and of an age with postgres', () => {
    expect(app({ '@prisma/client': '6.9.0' }).pools).toEqual([]);
    expect(app({ '@prisma/client': '7.0.0' }).libraries).toEqual([]);
    expect(app({ postgres: '3.4.9' }).pools[0]?.lifetimeMs?.value).toBe(3_600_000);
  });
});
