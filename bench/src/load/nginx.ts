import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram } from '../../../tests/debian/dist/program.js';
import { TestServer } from '../../../tests/debian/dist/server.js';

/** One process, which answers at once, keeps connections and writes nothing down. */
function configuration(port: number, folder: string): string {
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const places = scratch.map((name) => `${name}_temp_path ${folder}/${name};`);
  return `
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; ${places.join(' ')}
  server { listen 127.0.0.1:${port} backlog=4096; location / { return 200 "ok"; } }
}`;
}

/** Runs an nginx of its own; undefined: there is none, and a line has said why. */
export async function startNginx(): Promise<{ port: number; end(): Promise<void> } | undefined> {
  const program = await debianProgram('nginx', 'the race of the generators');
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-nginx-'));
  const server = await TestServer.start(
    (port) => {
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, configuration(port, folder));
      return [program, '-c', file, '-p', folder, '-e', join(folder, 'error.log')];
    },
    { cwd: folder },
  );
  const end = async (): Promise<void> => {
    await server.kill();
    rmSync(folder, { recursive: true });
  };
  return { port: server.port, end };
}
