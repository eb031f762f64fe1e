import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = builtCommandLine();

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * What the surroundings of the tests say about colours and terminals is not what they are about.
 */
const unset = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'SEAWORTHY_DEBUG'];

/** A folder of its own, in which the real command line is used as a user would. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'seaworthy-cli-'));

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /**
   * Runs `seaworthy` with these arguments.
   *
   * @param whileRunning told of everything that is printed so far; may interrupt
   */
  run(
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    whileRunning?: (
      stderr: string,
      interrupt: (signal?: NodeJS.Signals) => void,
      stdout: string,
    ) => void,
  ): Promise<Finished> {
    const env = { ...process.env, ...environment };
    for (const name of unset) if (environment[name] === undefined) delete env[name];
    const child = spawn(process.execPath, [main, ...words], { cwd: this.folder, env });
    let stdout = '';
    let stderr = '';
    const interrupt = (signal: NodeJS.Signals = 'SIGINT'): void => void child.kill(signal);
    const told = (): void => whileRunning?.(stderr, interrupt, stdout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      told();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      told();
    });
    return new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Interrupts once, as soon as this was printed on stderr. */
export function interruptAt(text: string): (stderr: string, interrupt: () => void) => void {
  let asked = false;
  return (stderr, interrupt) => {
    if (asked || !stderr.includes(text)) return;
    asked = true;
    interrupt();
  };
}

/** One that has ended, and whose end nobody has asked for yet, is a zombie. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout !== '' && !stdout.startsWith('Z');
}

/**
 * What is published, in `dist/bundle`.
 *
 * @throws Error when it was built before its sources were last written: it would be the old one
 * that is tested.
 */
function builtCommandLine(): string {
  const packages = fileURLToPath(new URL('../../../..', import.meta.url));
  const file = join(packages, 'seaworthy/dist/bundle/main.js');
  const builtMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  for (const folder of ['policy/src', 'seaworthy/src'].map((name) => join(packages, name))) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /\.(test|props)\.ts$|\/testing\//.test(name)) continue;
      if (statSync(join(folder, name)).mtimeMs <= builtMs) continue;
      throw new Error(`the command line is older than ${name}: run \`npm run build\``);
    }
  }
  return file;
}
