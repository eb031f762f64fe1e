import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Landscape } from '../landscape.ts';
import { readLandscape } from '../read-landscape.ts';
import { Secrets } from '../secrets.ts';

/** What a folder with these files says, as `seaworthy check` reads it. */
export function folderLandscape(files: Readonly<Record<string, string>>): Landscape {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-landscape-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return readLandscape(folder, new Secrets(Buffer.alloc(32)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
