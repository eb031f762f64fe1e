// Runs Redis where it is installed, on `PORT`, with nothing on disk. Elsewhere a process that
// speaks as much of its protocol as the shop needs stands in for it, and says so.
import { createServer } from 'node:net';
import { program, runs } from './server.mjs';

const port = process.env['PORT'] ?? '6379';
const redis = program('redis-server', ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
const quiet = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];

if (redis !== undefined) runs(redis, ['--port', port, ...quiet]);
else standIn();

/** Commands are arrays of strings: `*2\r\n$3\r\nGET\r\n$9\r\nsession:7\r\n`. */
function standIn() {
  console.warn('Redis is not installed: a plain process stands in for it');
  const server = createServer((socket) => {
    let held = '';
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text) => {
      held += String(text);
      for (let end = endOfCommand(held); end > 0; end = endOfCommand(held)) {
        socket.write(reply(held.slice(0, end).split('\r\n')[2] ?? ''));
        held = held.slice(end);
      }
    });
  });
  server.listen(Number(port), '127.0.0.1');
}

/** @param {string} text @returns Where the first command ends; 0: it is not all here yet. */
function endOfCommand(text) {
  const words = Number(/^\*(\d+)\r\n/.exec(text)?.[1] ?? 0);
  let at = text.indexOf('\r\n') + 2;
  for (let word = 0; word < words; word++) {
    const length = /^\$(\d+)\r\n/.exec(text.slice(at, at + 16));
    if (length === null) return 0;
    at += length[0].length + Number(length[1]) + 2;
  }
  return words > 0 && at <= text.length ? at : 0;
}

/** In RESP3, which clients of today ask for. @param {string} command */
function reply(command) {
  if (command.toUpperCase() === 'HELLO') return '%1\r\n$5\r\nproto\r\n:3\r\n';
  return command.toUpperCase() === 'GET' ? '_\r\n' : '+OK\r\n';
}
