// Takes 20 ms for each payment, however many there are.
import { createServer } from 'node:http';

createServer((_, response) => {
  setTimeout(() => response.end('paid'), 20);
}).listen(process.env.PORT, () => process.stdout.write(`listening ${process.pid}\n`));
