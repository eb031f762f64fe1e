// The server of the soak. It answers at once, except that on `/` one in 4000 requests breaks its
// connection, with all that waits there; and that on `/faulty` of 100 requests some are slow,
// refused, broken off or never answered. Always the same ones, so that two runs compare.
import { createServer } from 'node:http';

let plain = 0;
let faulty = 0;

const server = createServer((request, response) => {
  if (request.url === '/faulty') return answerFaulty(request, response);
  if (plain++ % 4000 === 3999) return void request.socket.destroy();
  const { socket } = request;
  // What is answered in one turn goes out in one piece.
  if (socket.writableCorked === 0) {
    socket.cork();
    setImmediate(() => socket.uncork());
  }
  response.end('0123456789');
});

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answerFaulty(request, response) {
  const turn = (faulty++ * 79) % 100;
  if (turn < 5) request.socket.destroy();
  // Hangs: the connection is closed by the caller.
  else if (turn < 7) return;
  else if (turn < 17) response.writeHead(503).end('busy');
  else if (turn < 27) setTimeout(() => response.end('slow'), 180);
  // Breaks off in the middle of its answer.
  else if (turn < 32) {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half of it', () => request.socket.destroy());
  } else response.end('0123456789');
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit());
