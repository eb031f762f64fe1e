import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measurements } from './measurements.ts';

type Measurements = typeof measurements;

/** Measures in a process of its own: no candidate inherits another's heap or compiled code. */
export async function measure<Name extends keyof Measurements>(
  name: Name,
  ...given: Parameters<Measurements[Name]>
): Promise<Awaited<ReturnType<Measurements[Name]>>> {
  const file = fileURLToPath(import.meta.url);
  const { stdout } = await promisify(execFile)(process.execPath, [
    file,
    name,
    JSON.stringify(given),
  ]);
  return JSON.parse(stdout) as Awaited<ReturnType<Measurements[Name]>>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, given] = process.argv.slice(2) as [keyof Measurements, string];
  const take = measurements[name] as (...given: unknown[]) => unknown;
  console.log(JSON.stringify(await take(...(JSON.parse(given) as unknown[]))));
}
