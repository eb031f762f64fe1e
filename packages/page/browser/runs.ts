import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = fileURLToPath(new URL('../../seaworthy/dist/bundle/main.js', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** Runs, and the pages of them, in a folder of their own. */
export class Harbour {
  readonly folder = mkdtempSync(join(tmpdir(), 'seaworthy-page-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Runs the command line; whatever the verdict, it must not end with an error. */
  seaworthy(...words: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [main, ...words],
        { cwd: this.folder },
        (_error, stdout, stderr) => {
          if ([0, 1, 3].includes(child.exitCode ?? -1)) resolve(stdout);
          else reject(new Error(stderr));
        },
      );
    });
  }

  example(file: string): string {
    return join(examples, file);
  }

  /** One replication of a file of the examples; nothing is tried. */
  async simulate(file: string, run: string, ...more: readonly string[]): Promise<void> {
    const path = file.startsWith('/') ? file : this.example(file);
    const quick = ['--replications', '1', '--no-try', '--progress', 'none', '--out', run];
    await this.seaworthy('simulate', path, ...quick, ...more);
  }

  /** The address of the page of these runs. */
  async page(name: string, ...runs: readonly string[]): Promise<string> {
    await this.seaworthy('report', ...runs, '--html', name);
    return pathToFileURL(this.path(name)).href;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
