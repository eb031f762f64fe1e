import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** No test asks for more of it. */
const commandMaxMs = 60_000;
const closeMaxMs = 10_000;

const flags = [
  '--headless',
  // Root may not use its sandbox; it is shown nothing but pages of ours.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--remote-debugging-pipe',
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly exceptionDetails?: unknown };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
}

/**
 * One page in a Chromium of its own, by the DevTools protocol over a pipe: JSON with a zero byte
 * behind each message (https://chromedevtools.github.io/devtools-protocol/).
 */
export class Chromium {
  /** Errors of the page that nobody caught, rejections included. */
  readonly uncaught: unknown[] = [];
  private readonly child: ChildProcess;
  private readonly folder: string;
  private readonly waiting: Map<number, (message: Message) => void> = new Map();
  private readonly loaded: Promise<void>;
  private isLoaded: () => void = () => {};
  private sessionId: string | undefined = undefined;
  private commands: number = 0;
  private received: string = '';

  private constructor(program: string) {
    this.folder = mkdtempSync(join(tmpdir(), 'seaworthy-chromium-'));
    this.child = spawn(program, [...flags, `--user-data-dir=${this.folder}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      // With all of its processes in one group.
      detached: true,
    });
    this.loaded = new Promise((resolve) => (this.isLoaded = resolve));
    const pipe = this.child.stdio[4] as Readable;
    pipe.setEncoding('utf8').on('data', (text: string) => this.receive(text));
  }

  /** Starts it, and waits until the page has loaded. */
  static async open(program: string, url: string): Promise<Chromium> {
    const chromium = new Chromium(program);
    const { targetId } = await chromium.command('Target.createTarget', { url: 'about:blank' });
    const attached = await chromium.command('Target.attachToTarget', { targetId, flatten: true });
    chromium.sessionId = attached['sessionId'] as string;
    await chromium.command('Runtime.enable');
    await chromium.command('Page.enable');
    await chromium.command('Page.navigate', { url });
    await chromium.loaded;
    return chromium;
  }

  /** What an expression gives in the page, when its promise has ended: a value as JSON knows it. */
  async evaluate<T>(expression: string): Promise<T> {
    const given = { expression, awaitPromise: true, returnByValue: true };
    const answer = (await this.command('Runtime.evaluate', given)) as unknown as Evaluated;
    const { result, exceptionDetails } = answer;
    if (exceptionDetails === undefined) return result.value as T;
    throw new Error(exceptionDetails.exception?.description ?? JSON.stringify(exceptionDetails));
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    // It may be gone before it can answer.
    void this.command('Browser.close').catch(() => {});
    await Promise.race([ended, pause(closeMaxMs)]);
    try {
      // What is left of its processes would go on writing.
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    rmSync(this.folder, { recursive: true, maxRetries: 20, retryDelay: 100 });
  }

  private async command(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.commands;
    const { sessionId } = this;
    const message = { id, method, params, ...(sessionId !== undefined && { sessionId }) };
    (this.child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    const { result, error } = await new Promise<Message>((resolve) => {
      const tooLong = { error: { message: `no answer within ${commandMaxMs / 1000} s` } };
      const timer = setTimeout(() => resolve(tooLong), commandMaxMs).unref();
      this.waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    this.waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  private receive(text: string): void {
    const messages = (this.received + text).split('\0');
    this.received = messages.pop()!;
    for (const message of messages) this.take(JSON.parse(message) as Message);
  }

  private take(message: Message): void {
    if (message.id !== undefined) this.waiting.get(message.id)?.(message);
    else if (message.method === 'Page.loadEventFired') this.isLoaded();
    else if (message.method === 'Runtime.exceptionThrown') {
      this.uncaught.push(message.params?.exceptionDetails);
    }
  }
}
