import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { systemClock } from '@seaworthy/policy/engine';
import { Proxies } from '../../../packages/seaworthy/dist/rehearse/proxy/proxies.js';
import { request, response, streamBytes } from './traffic.ts';

/*
 * The processes of the race: the callee, and those that stand in front of it. Each says its port,
 * and when asked how much processor time it has used.
 */

const tcp = { noDelay: true } as const;

/** Answers each request; a connection that sends `stream` first gets many bytes, and the end. */
function callee(): Server {
  return createServer(tcp, (socket) => {
    let bytes = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (bytes === 0 && chunk[0] === 's'.charCodeAt(0)) return sendStream(socket);
      bytes += chunk.length;
      for (; bytes >= request.length; bytes -= request.length) socket.write(response);
    });
  });
}

function sendStream(socket: Socket): void {
  const chunk = Buffer.alloc(65_536);
  let left = streamBytes / chunk.length;
  const send = (): void => {
    while (left-- > 0) if (!socket.write(chunk)) return void socket.once('drain', send);
    socket.end();
  };
  send();
}

/** The least that a proxy in Node can do. */
function barePipe(port: number): Server {
  return createServer(tcp, (client) => {
    const upstream = connect({ port, host: '127.0.0.1', ...tcp });
    client.on('error', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => client.destroy()).pipe(client);
  });
}

async function seaworthy(port: number, protocol: 'http' | 'tcp', isDelayed: boolean) {
  const proxies = new Proxies({ clock: systemClock, seed: 1 });
  const host = '127.0.0.1';
  const edge = { name: 'race', listen: { host, port: 0 }, upstream: { host, port }, protocol };
  // A fault that is up and delays by nothing: what the way of the faults costs.
  const fault = {
    name: 'none',
    direction: 'downstream',
    effect: { kind: 'latency', time: { kind: 'constant', valueMs: 0 } },
    share: 0.5,
    each: 'auto',
    first: Infinity,
    spells: undefined,
  } as const;
  const [made] = await proxies.put([{ edge, faults: isDelayed ? [fault] : [], enabled: true }]);
  return made!.listen.port;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function play(role: string, calleePort: number): Promise<number> {
  switch (role) {
    case 'callee':
      return listening(callee());
    case 'bare pipe':
      return listening(barePipe(calleePort));
    case 'seaworthy, bytes':
      return seaworthy(calleePort, 'tcp', false);
    case 'seaworthy, HTTP':
      return seaworthy(calleePort, 'http', false);
    case 'seaworthy, HTTP, a fault up':
      return seaworthy(calleePort, 'http', true);
    default:
      throw new Error(`no role ${role}`);
  }
}

const [role, calleePort] = process.argv.slice(2);
process.send!({ port: await play(role!, Number(calleePort)) });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send!({ cpuUs: user + system });
});
process.on('disconnect', () => process.exit());
