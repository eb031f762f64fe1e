import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** What tools write, and what is not ours. */
const foreign = new Set(['node_modules', 'dist', 'coverage', '.git', '.seaworthy']);

/** A text file of the repository. */
export interface TextFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Repository {
  readonly files: readonly TextFile[];
  /** Every folder, from the root; with how many entries it has. */
  readonly folders: readonly { readonly path: string; readonly entries: number }[];
}

const root = resolve(import.meta.dirname, '../..');

/** Reads all of the repository but what tools write. */
export function readRepository(): Repository {
  const files: TextFile[] = [];
  const folders: { path: string; entries: number }[] = [];
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    folders.push({ path: relative(root, folder), entries: entries.length });
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (foreign.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      if (entry.isDirectory()) visit(path);
      else files.push({ path: relative(root, path), text: readFileSync(path, 'utf8') });
    }
  };
  visit(root);
  return { files, folders };
}
