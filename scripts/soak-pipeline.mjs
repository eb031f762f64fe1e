// The client of most of the soak: HTTP/1.1 with requests one behind the other on a few connections,
// so that a system call carries many of them. It costs a tenth of one that sends each by itself.
import { connect } from 'node:net';

const request = 'GET / HTTP/1.1\r\nhost: soak\r\n\r\n';
const endOfHead = '\r\n\r\n';

/**
 * @typedef {object} Waiting
 * @property {(length: number) => void} resolve
 * @property {(error: Error) => void} reject
 */

/** One connection: what was asked on it, oldest first. */
class Line {
  /** @type {Waiting[]} */
  waiting = [];
  /** Asked in this turn, and not yet sent. */
  unsent = 0;
  received = '';

  /**
   * @param {number} port
   * @param {(line: Line) => void} closed
   */
  constructor(port, closed) {
    this.socket = connect(port, '127.0.0.1').setEncoding('latin1').setNoDelay();
    this.socket.on('data', (/** @type {string} */ text) => this.receive(text));
    // Told by `close`, which always follows.
    this.socket.on('error', (error) => (this.error = error));
    this.socket.on('close', () => {
      closed(this);
      const error = this.error ?? Object.assign(new Error('closed'), { code: 'ECONNRESET' });
      for (const { reject } of this.waiting) reject(error);
    });
  }

  /** @param {Waiting} waiting */
  ask(waiting) {
    this.waiting.push(waiting);
    if (this.unsent++ === 0) setImmediate(() => this.send());
  }

  send() {
    this.socket.write(request.repeat(this.unsent), 'latin1');
    this.unsent = 0;
  }

  /** @param {string} text */
  receive(text) {
    const all = this.received + text;
    let at = 0;
    for (;;) {
      const bodyAt = all.indexOf(endOfHead, at) + endOfHead.length;
      if (bodyAt < endOfHead.length) break;
      const length = Number(/content-length: (\d+)/i.exec(all.slice(at, bodyAt))?.[1]);
      if (all.length < bodyAt + length) break;
      at = bodyAt + length;
      this.waiting.shift()?.resolve(length);
    }
    this.received = all.slice(at);
  }
}

export class Pipeline {
  /**
   * @param {number} port
   * @param {number} connections
   */
  constructor(port, connections) {
    const replace = (/** @type {Line} */ line) => {
      if (!this.isClosed) this.lines[this.lines.indexOf(line)] = new Line(port, replace);
    };
    this.isClosed = false;
    this.turn = 0;
    this.lines = Array.from({ length: connections }, () => new Line(port, replace));
  }

  /**
   * @param {AbortSignal} signal Whoever leaves is not told of the answer, which comes all the same.
   * @returns {Promise<number>} The length of the answer.
   */
  ask(signal) {
    return new Promise((resolve, reject) => {
      const leave = () => reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      const line = this.lines[this.turn++ % this.lines.length];
      line?.ask({ resolve, reject });
    });
  }

  close() {
    this.isClosed = true;
    for (const { socket } of this.lines) socket.destroy();
  }
}
