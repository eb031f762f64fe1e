// As much of PostgreSQL's protocol (version 3) as the shop needs: connecting without a password,
// and simple queries, which take as long as their pg_sleep says and change nothing.
import { createServer } from 'node:net';

const sslRequest = 80_877_103;
const idle = Buffer.from('Z\0\0\0\x05I', 'latin1');
/** AuthenticationOk, then ReadyForQuery. */
const welcome = Buffer.concat([Buffer.from('R\0\0\0\x08\0\0\0\0', 'latin1'), idle]);

/** @param {number} port */
export function standIn(port) {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0);
    let isIn = false;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      for (;;) {
        // All messages but the first of a connection begin with a letter.
        const at = isIn ? 1 : 0;
        if (held.length < at + 4 || held.length < at + held.readUInt32BE(at)) return;
        const end = at + held.readUInt32BE(at);
        const message = held.subarray(0, end);
        held = held.subarray(end);
        if (!isIn && message.readUInt32BE(4) === sslRequest) socket.write('N');
        else if (!isIn) isIn = socket.write(welcome) || true;
        else answer(socket, message);
      }
    });
  });
  // As PostgreSQL says it.
  server.listen(port, '127.0.0.1', () => console.log('ready to accept connections'));
}

/** @param {import('node:net').Socket} socket @param {Buffer} message */
function answer(socket, message) {
  const kind = String.fromCharCode(message[0] ?? 0);
  if (kind === 'X') return void socket.end();
  if (kind !== 'Q') return;
  const text = message.toString('utf8', 5, message.length - 1);
  const statements = text.split(';').map((statement) => complete(statement.trim()));
  const seconds = [...text.matchAll(/pg_sleep\(([\d.]+)\)/g)].map((found) => Number(found[1]));
  const tookMs = 1000 * seconds.reduce((sum, each) => sum + each, 0);
  setTimeout(() => socket.write(Buffer.concat([...statements, idle])), tookMs);
}

/** CommandComplete, with the first word of the statement. @param {string} statement */
function complete(statement) {
  const tag = `${statement.split(' ')[0]}\0`;
  const head = Buffer.alloc(5);
  head.write('C');
  head.writeUInt32BE(4 + tag.length, 1);
  return Buffer.concat([head, Buffer.from(tag)]);
}
