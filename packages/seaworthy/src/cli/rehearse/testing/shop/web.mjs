// Asks payments for each request, and waits for half a second at most.
import { Agent, createServer, get } from 'node:http';

const agent = new Agent({ keepAlive: true });

createServer((_, response) => {
  const call = get(process.env.PAYMENTS_URL, { agent, timeout: 500 }, (answer) => {
    response.writeHead(answer.statusCode);
    answer.pipe(response);
  });
  call.on('timeout', () => call.destroy(new Error('timeout')));
  call.on('error', (error) => {
    if (!response.headersSent) response.writeHead(502);
    response.end(error.message);
  });
}).listen(process.env.PORT, () => process.stdout.write(`listening ${process.pid}\n`));
