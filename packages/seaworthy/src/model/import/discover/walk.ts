import type { Dirent } from 'node:fs';
import { opendirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { NotUnderstood } from '../landscape.ts';
import { isOfInterest } from './interest.ts';

/** How much is looked at. */
export interface Bounds {
  readonly entries: number;
  readonly files: number;
  readonly depth: number;
}

const bounds: Bounds = {
  // A repository with more is looked at in parts; a million entries take some seconds to list.
  entries: 200_000,
  // A thousand services of ten files each.
  files: 10_000,
  // Deeper than any source tree.
  depth: 40,
};

/** What others have written, what was built, and what no deployment reads. */
const skippedFolders = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'build',
  'target',
  'coverage',
  '__pycache__',
  'venv',
]);

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

/** The files of a folder that some reader may understand, in the order of their names. */
export function walk(
  root: string,
  notUnderstood: NotUnderstood[],
  within: Bounds = bounds,
): readonly FoundFile[] {
  return new Walk(root, notUnderstood, within).run();
}

/** One file, and those beside it that say what its variables are. */
export function walkOne(folder: string, name: string): readonly FoundFile[] {
  const beside = readdirSync(folder, { withFileTypes: true }).filter(
    (it) => it.isFile() && (it.name === name || it.name === '.env'),
  );
  return beside.map((it) => ({ path: it.name, bytes: statSync(join(folder, it.name)).size }));
}

class Walk {
  private readonly root: string;
  private readonly within: Bounds;
  private readonly notUnderstood: NotUnderstood[];
  private readonly files: FoundFile[] = [];
  private entries = 0;
  private stopped = false;

  constructor(root: string, notUnderstood: NotUnderstood[], within: Bounds) {
    this.root = root;
    this.within = within;
    this.notUnderstood = notUnderstood;
  }

  run(): readonly FoundFile[] {
    this.folder('', 0);
    return this.files;
  }

  private folder(path: string, depth: number): void {
    if (depth > this.within.depth)
      this.remark(path, `more than ${this.within.depth} folders deep: not looked at`);
    else for (const entry of this.list(path)) this.entry(path, entry, depth);
  }

  /** Links are not followed: what they lead to is found at its own place, or is not of here. */
  private entry(folder: string, entry: Dirent, depth: number): void {
    if (this.stopped) return;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) this.folder(path, depth + 1);
    } else if (entry.isFile() && isOfInterest(path)) this.file(path);
  }

  private file(path: string): void {
    if (this.files.length >= this.within.files) {
      this.stop(`more than ${this.within.files} files of known kinds: the rest was not looked at`);
      return;
    }
    this.files.push({ path, bytes: statSync(join(this.root, path)).size });
  }

  private list(path: string): readonly Dirent[] {
    const found: Dirent[] = [];
    let folder;
    try {
      folder = opendirSync(join(this.root, path), { bufferSize: 1024 });
    } catch (error) {
      if (path === '') throw error;
      this.remark(path, `cannot be opened: ${(error as NodeJS.ErrnoException).code ?? ''}`);
      return [];
    }
    try {
      for (let it = folder.readSync(); it !== null; it = folder.readSync()) {
        if (++this.entries > this.within.entries) {
          this.stop(`more than ${this.within.entries} files: the rest was not looked at`);
          break;
        }
        found.push(it);
      }
    } finally {
      folder.closeSync();
    }
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  private stop(why: string): void {
    if (!this.stopped) this.remark('.', `${why}; name a folder that has less in it`);
    this.stopped = true;
  }

  private remark(file: string, why: string): void {
    this.notUnderstood.push({ file, line: 1, column: 1, why });
  }
}

/** Hidden folders are those of tools. */
function isSkipped(name: string): boolean {
  return name.startsWith('.') || skippedFolders.has(name);
}
