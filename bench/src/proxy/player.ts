import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A process of the race. */
export interface Player {
  readonly name: string;
  readonly port: number;
  /** Processor time so far, in microseconds; undefined: it cannot be asked. */
  readonly cpuUs: () => Promise<number | undefined>;
  readonly stop: () => void;
}

const roleFile = fileURLToPath(new URL('role.js', import.meta.url));

/** Starts one of ours. */
export async function startRole(name: string, calleePort = 0): Promise<Player> {
  const child = fork(roleFile, [name, String(calleePort)]);
  const { port } = await answerOf<{ port: number }>(child);
  return {
    name,
    port,
    cpuUs: async () => {
      child.send('cpu');
      return (await answerOf<{ cpuUs: number }>(child)).cpuUs;
    },
    stop: () => child.kill(),
  };
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

/** Toxiproxy, where its server is on the path or named by TOXIPROXY_SERVER. */
export async function startToxiproxy(calleePort: number): Promise<Player | undefined> {
  const api = await freePort();
  const program = process.env['TOXIPROXY_SERVER'] ?? 'toxiproxy-server';
  const child = spawn(program, ['-port', String(api)], { stdio: 'ignore' });
  const failed = await Promise.race([
    once(child, 'error').then(() => true),
    answers(api).then(() => false),
  ]);
  if (failed) return undefined;
  const upstream = `127.0.0.1:${calleePort}`;
  const made = await fetch(`http://127.0.0.1:${api}/proxies`, {
    method: 'POST',
    body: JSON.stringify({ name: 'race', listen: '127.0.0.1:0', upstream }),
  });
  const { listen } = (await made.json()) as { listen: string };
  return {
    name: 'toxiproxy',
    port: Number(listen.split(':').at(-1)),
    cpuUs: () => Promise.resolve(undefined),
    stop: () => child.kill(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.destroy();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
