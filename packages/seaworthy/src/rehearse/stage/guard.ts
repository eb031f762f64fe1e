import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** In the environment of every process that the stage starts, and of all that these start. */
export const markVariable = 'SEAWORTHY_STAGE';

let guards = 0;

const watcher = fileURLToPath(new URL('./watcher.js', import.meta.url));

/**
 * Sees to it that nothing outlives this process, however it ends: a second process, which knows
 * what was started, and ends all of it as soon as this one is gone.
 */
export class Guard {
  /** What the stage's processes are known by. */
  readonly mark: string;
  readonly #process: ChildProcess;

  constructor() {
    // No two processes have the same number at a time; one may have several guards.
    this.mark = `${process.pid}-${++guards}`;
    this.#process = spawn(process.execPath, [watcher, `${markVariable}=${this.mark}`], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // Away from the terminal, whose Ctrl-C is meant for the command line.
      detached: true,
    });
    // It is told by the end of the pipe; what was not read by then does not matter.
    this.#process.stdin!.on('error', () => undefined);
  }

  /** The group of this process is to end with this one. */
  watch(pid: number): void {
    this.#process.stdin!.write(`+${pid}\n`);
  }

  /** It has ended. */
  forget(pid: number): void {
    this.#process.stdin!.write(`-${pid}\n`);
  }

  /** Ends what is left. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.stdin!.end();
    await exited;
  }
}
