import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { debianProgram } from '../../../tests/debian/dist/program.js';

const run = promisify(execFile);

const autocannonFile = fileURLToPath(
  new URL('../../node_modules/autocannon/autocannon.js', import.meta.url),
);

/** What `autocannon --json` says, as far as it is read here; times in milliseconds. */
interface AutocannonResult {
  readonly requests: { readonly average: number };
  readonly latency: {
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly p99_9: number;
  };
}

/** @param options such as `-R 200` */
export async function autocannon(
  port: number,
  seconds: number,
  options: readonly string[],
): Promise<{ readonly perSecond: number; readonly latency: readonly number[] }> {
  const given = ['--json', '-d', `${seconds}`, ...options, `http://127.0.0.1:${port}/`];
  const { stdout } = await run(process.execPath, [autocannonFile, ...given]);
  const { requests, latency } = JSON.parse(stdout) as AutocannonResult;
  const { p50, p90, p99, p99_9: p999 } = latency;
  return { perSecond: requests.average, latency: [p50, p90, p99, p999] };
}

/** Requests a second that one thread of wrk makes; undefined: there is no wrk. */
export async function wrk(
  port: number,
  connections: number,
  seconds: number,
): Promise<number | undefined> {
  const program = await debianProgram('wrk', 'the race of the generators');
  if (program === undefined) return undefined;
  const given = ['-t1', `-c${connections}`, `-d${seconds}`, `http://127.0.0.1:${port}/`];
  const { stdout } = await run(program, given);
  const said = /Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1];
  if (said === undefined) throw new Error(`wrk said ${stdout}`);
  return Number(said);
}
