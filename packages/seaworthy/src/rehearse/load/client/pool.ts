import { Connection, type ConnectionOwner } from './connection.ts';
import type { Endpoint } from './endpoint.ts';

/** The connections to the target: as many as are needed at once, up to a limit. */
export class Pool {
  readonly #endpoint: Endpoint;
  readonly #max: number;
  readonly #owner: ConnectionOwner;
  readonly #all = new Set<Connection>();
  /** The one that was used last is used next, so that no more are kept busy than are needed. */
  readonly #idle: Connection[] = [];

  constructor(endpoint: Endpoint, max: number, owner: ConnectionOwner) {
    this.#endpoint = endpoint;
    this.#max = max;
    this.#owner = owner;
  }

  get size(): number {
    return this.#all.size;
  }

  /** One that is free, or a new one; undefined: there are as many as there may be. */
  take(nowMs: number): Connection | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isClosed) continue;
      if (nowMs - idle.idleSinceMs <= idle.idleMs) return idle;
      idle.destroy();
    }
    if (this.#all.size >= this.#max) return undefined;
    const connection = new Connection(this.#endpoint, this.#owner);
    this.#all.add(connection);
    return connection;
  }

  /** It has no task any more. */
  giveBack(connection: Connection, nowMs: number): void {
    connection.idleSinceMs = nowMs;
    this.#idle.push(connection);
  }

  /** It is no more. */
  closed(connection: Connection): void {
    this.#all.delete(connection);
  }

  destroyAll(): void {
    for (const connection of this.#all) connection.destroy();
  }
}
