import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Landscape } from '../../model/import/landscape.ts';
import { readModelFile } from '../../model/import/model-file/read-model-file.ts';
import { readLandscape } from '../../model/import/read-landscape.ts';
import { Secrets } from '../../model/import/secrets.ts';

/** What a folder with these files says, as `seaworthy check` reads it. */
export function folderLandscape(files: Readonly<Record<string, string>>): Landscape {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-check-'));
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

/** What a seaworthy.yaml with this text says. */
export function modelLandscape(text: string): Landscape {
  const { model, edges } = readModelFile(text, 'seaworthy.yaml');
  return { ...folderLandscape({}), edges, models: [model] };
}
