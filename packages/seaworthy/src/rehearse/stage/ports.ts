import { createServer } from 'node:net';

/**
 * Below those that Linux and macOS give to outgoing connections (from 32768 and 49152), so that a
 * process that is started again finds its port as it left it.
 */
const firstPort = 20_000;
const portCount = 12_000;

/** Ports are tried so far apart for each process, so that several of them rarely meet. */
const stride = 37;

/** Finds ports that nothing listens on. */
export class FreePorts {
  #next = (process.pid * stride) % portCount;

  async take(): Promise<number> {
    for (let tried = 0; tried < portCount; tried++) {
      const port = firstPort + (this.#next++ % portCount);
      if (await isFree(port)) return port;
    }
    throw new Error(`no port from ${firstPort} on is free`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
