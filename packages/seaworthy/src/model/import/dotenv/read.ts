import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import { interpolate } from '../compose/interpolation.ts';
import type { EnvironmentFile, Variable } from '../landscape.ts';
import type { Secrets } from '../secrets.ts';
import { parseDotenv } from './parse.ts';

/** Samples say what there may be, not what there is. */
const sample = /\.(example|sample|template|dist|defaults?|schema|tpl)$/i;

export function isDotenv(path: string): boolean {
  const name = posix.basename(path);
  return (/^\.env(\.|$)/.test(name) || name.endsWith('.env')) && !sample.test(name);
}

/** The plain values of a file, with what they refer to filled in. They must not be kept. */
export function plainVariables(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { name, value, literal } of parseDotenv(text)) {
    values.set(name, literal ? value : interpolate(value, values));
  }
  return values;
}

/** A dotenv file, secrets hidden. */
export function readDotenv(source: Source, secrets: Secrets): EnvironmentFile {
  const values = plainVariables(source.text);
  const variables = parseDotenv(source.text).map(({ name, offset }): Variable => {
    const at = { kind: 'file' as const, file: source.fileName, ...source.position(offset) };
    const { value, secret } = secrets.hide(name, values.get(name)!);
    return { name, value: { value, origin: at }, secret, at };
  });
  return { file: source.fileName, environment: environmentOf(source.fileName), variables };
}

/** `production` of `.env.production`, `.env.production.local` and `production.env`. */
function environmentOf(path: string): string | undefined {
  const words = posix
    .basename(path)
    .split('.')
    .filter((it) => it !== '' && it !== 'env');
  return words.find((it) => it !== 'local');
}
