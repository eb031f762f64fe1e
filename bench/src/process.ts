import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measurements } from './measurements.ts';

type Measurements = typeof measurements;

/** What to measure on. */
interface Runtime {
  readonly node: string;
  readonly flags: readonly string[];
}

const thisNode: Runtime = { node: process.execPath, flags: [] };

/** Measures in a process of its own: no candidate inherits another's heap or compiled code. */
export function measure<Name extends keyof Measurements>(
  name: Name,
  ...given: Parameters<Measurements[Name]>
): Promise<Awaited<ReturnType<Measurements[Name]>>> {
  return measureOn(thisNode, name, ...given);
}

/** The same with another Node, or other flags. */
export async function measureOn<Name extends keyof Measurements>(
  { node, flags }: Runtime,
  name: Name,
  ...given: Parameters<Measurements[Name]>
): Promise<Awaited<ReturnType<Measurements[Name]>>> {
  const file = fileURLToPath(import.meta.url);
  const args = [...flags, file, name, JSON.stringify(given)];
  const { stdout } = await promisify(execFile)(node, args);
  return JSON.parse(stdout) as Awaited<ReturnType<Measurements[Name]>>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, given] = process.argv.slice(2) as [keyof Measurements, string];
  const take = measurements[name] as (...given: unknown[]) => unknown;
  console.log(JSON.stringify(await take(...(JSON.parse(given) as unknown[]))));
}
