import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Landscape } from '../../model/import/landscape.ts';
import { readLandscape } from '../../model/import/read-landscape.ts';
import { Secrets } from '../../model/import/secrets.ts';

/** Always the same, so that markers are the same in snapshots. */
const secrets = new Secrets(new Uint8Array(32));

/** What files with these texts say, by their paths. */
export function filesLandscape(texts: Readonly<Record<string, string>>): Landscape {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-check-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return readLandscape(folder, secrets);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
