import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Player } from './player.ts';
import { request, response, streamBytes } from './traffic.ts';

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** One request after the other on one connection, in microseconds each. */
class PingPong {
  readonly #socket: Socket;
  #left = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async to(port: number): Promise<PingPong> {
    return new PingPong(await connected(port));
  }

  play(count: number, times: number[]): Promise<void> {
    return new Promise((resolve) => {
      let played = 0;
      let beganMs = performance.now();
      const take = (chunk: Uint8Array): void => {
        this.#left -= chunk.length;
        if (this.#left > 0) return;
        const nowMs = performance.now();
        times.push((nowMs - beganMs) * 1000);
        if (++played === count) {
          this.#socket.off('data', take);
          return resolve();
        }
        beganMs = nowMs;
        this.#left = response.length;
        this.#socket.write(request);
      };
      this.#left = response.length;
      this.#socket.on('data', take).write(request);
    });
  }

  end(): void {
    this.#socket.destroy();
  }
}

export interface LatencyRound {
  /** Microseconds of each request, by turn: those of the same number were played together. */
  readonly turns: readonly (readonly number[])[];
  /** Processor time of the proxy for each request; undefined: it cannot be asked. */
  readonly cpuUs: number | undefined;
}

/** So many requests a turn, so that a busy moment of the machine meets all candidates. */
const turnRequests = 200;

/** The latency of each, in turns. */
export async function latencies(
  players: readonly Player[],
  count: number,
): Promise<LatencyRound[]> {
  const games = await Promise.all(players.map(({ port }) => PingPong.to(port)));
  for (const game of games) await game.play(5000, []);
  const before = await Promise.all(players.map((player) => player.cpuUs()));
  const turns: number[][][] = players.map(() => []);
  for (let turn = 0; turn < count / turnRequests; turn++) {
    // To and fro, so that each comes before and after each.
    const order = turn % 2 === 0 ? games.entries() : [...games.entries()].toReversed();
    for (const [index, game] of order) {
      const times: number[] = [];
      await game.play(turnRequests, times);
      turns[index]!.push(times);
    }
  }
  const after = await Promise.all(players.map((player) => player.cpuUs()));
  for (const game of games) game.end();
  return turns.map((ofPlayer, index) => {
    const [from, to] = [before[index], after[index]];
    const cpuUs = from === undefined || to === undefined ? undefined : (to - from) / count;
    return { turns: ofPlayer, cpuUs };
  });
}

/** Requests per second of so many connections, each one after the other. */
export async function requestsPerSecond(port: number, connections: number): Promise<number> {
  const each = 2000;
  const games = await Promise.all(Array.from({ length: connections }, () => PingPong.to(port)));
  await Promise.all(games.map((game) => game.play(200, [])));
  const beganMs = performance.now();
  await Promise.all(games.map((game) => game.play(each, [])));
  const seconds = (performance.now() - beganMs) / 1000;
  for (const game of games) game.end();
  return (connections * each) / seconds;
}

/** One long stream, in megabytes (10^6 bytes) per second. */
export async function megabytesPerSecond(port: number): Promise<number> {
  const socket = await connected(port);
  let bytes = 0;
  socket.on('data', (chunk) => (bytes += chunk.length));
  const beganMs = performance.now();
  socket.write('stream');
  await once(socket, 'close');
  if (bytes !== streamBytes) throw new Error(`${bytes} bytes arrived, not ${streamBytes}`);
  return bytes / 1000 / (performance.now() - beganMs);
}

/** Connections per second: opened, one request, closed; some at once. */
export async function connectionsPerSecond(port: number): Promise<number> {
  const atOnce = 8;
  const each = 150;
  const one = async (): Promise<void> => {
    for (let count = 0; count < each; count++) {
      const game = await PingPong.to(port);
      await game.play(1, []);
      game.end();
    }
  };
  const beganMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  return (atOnce * each * 1000) / (performance.now() - beganMs);
}
