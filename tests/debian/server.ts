import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const startMaxMs = 20_000;

interface ServerOptions extends SpawnOptions {
  /** Whether it serves, on this port. Default: once it accepts connections. */
  readonly isReady?: (port: number) => Promise<boolean>;
}

/** A real server on loopback, that a test stops, kills and starts again. */
export class TestServer {
  readonly port: number;
  private readonly command: readonly string[];
  private readonly options: ServerOptions;
  private child: ChildProcess | undefined = undefined;
  private said: string = '';

  private constructor(port: number, command: readonly string[], options: ServerOptions) {
    this.port = port;
    this.command = command;
    this.options = options;
  }

  /** Runs, and listens on a free port, when this resolves. */
  static async start(
    commandOn: (port: number) => readonly string[],
    options: ServerOptions,
  ): Promise<TestServer> {
    const port = await freePort();
    const server = new TestServer(port, commandOn(port), options);
    await server.restart();
    return server;
  }

  /** Starts what has been killed, on its old port. */
  async restart(): Promise<void> {
    const [program, ...given] = this.command;
    const { isReady = accepts, ...options } = this.options;
    const child = spawn(program!, given, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const listen = (chunk: Buffer): void => void (this.said = (this.said + chunk).slice(-4000));
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    this.child = child;
    const untilMs = performance.now() + startMaxMs;
    while (!(await isReady(this.port))) {
      if (child.exitCode !== null || performance.now() > untilMs) {
        await this.kill();
        throw new Error(`${program} did not start:\n${this.said}`);
      }
      await pause(20);
    }
  }

  /** Stands still, with its connections open: as a machine that swaps. */
  freeze(): void {
    this.child!.kill('SIGSTOP');
  }

  thaw(): void {
    this.child!.kill('SIGCONT');
  }

  /** Ends, with all of its connections, and without a word where that is SIGKILL. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
