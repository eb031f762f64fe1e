// The server of the soak: it answers at once, except that of 1000 requests some are slow, refused,
// reset or never answered. Always the same ones, so that two runs compare.
import { createServer } from 'node:http';

let number = 0;

const server = createServer((request, response) => {
  const turn = (number++ * 7919) % 1000;
  if (turn < 10) request.socket.destroy();
  // Hangs: the connection is closed by the caller.
  else if (turn < 12) return;
  else if (turn < 30) response.writeHead(503).end('busy');
  else if (turn < 40) setTimeout(() => response.end('slow'), 60);
  // Breaks off in the middle of its answer.
  else if (turn < 45) {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half of it', () => request.socket.destroy());
  } else response.end('0123456789');
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit());
