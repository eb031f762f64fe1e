import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

import type { Side } from '../../check/drift/pair.ts';
import type { Landscape } from '../../model/import/landscape.ts';
import type { Secrets } from '../../model/import/secrets.ts';
import { relocated } from '../../report/check/relocated.ts';
import { loadLandscape, newSecrets } from '../load-landscape.ts';
import { UsageError } from '../usage-error.ts';
import type { CheckArguments } from './arguments.ts';
import { otherEnvironments, namesEnvironment } from './environments.ts';

/** What is checked, and what it is held against. */
export interface Sides {
  readonly here: Side;
  readonly there: Side | undefined;
}

/**
 * Reads what is to be checked. `--against` names an environment of the same folder, or another
 * folder or file.
 *
 * @throws UsageError where an environment has no files, or a folder does not exist.
 */
export function loadSides(folder: string, { env, against }: CheckArguments): Sides {
  // Shared: equal secrets have equal markers on both sides.
  const secrets = newSecrets();
  if (against === undefined) {
    return { here: sideOf(folder, env, secrets), there: undefined };
  }
  if (env === against) {
    throw new UsageError(
      `option --against: "${against}" is the environment that is checked itself`,
    );
  }
  if (!existsSync(against)) {
    const here = sideOf(folder, env, secrets, against);
    return { here, there: sideOf(folder, against, secrets, env) };
  }
  const [left, right] = sideNames(folder, against);
  return {
    here: { ...sideOf(folder, env, secrets), name: env ?? left },
    there: { ...sideOf(against, undefined, secrets), name: right },
  };
}

/** @param other an environment by a name that nobody would know for one */
function sideOf(
  path: string,
  environment: string | undefined,
  secrets: Secrets,
  other?: string,
): Side {
  const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
  if (environment === undefined && other === undefined) {
    const landscape = loadLandscape(path, { secrets });
    return { name: path, landscape: { ...relocated(landscape, folderOf(path)), today } };
  }
  const wants = wanted(environment, other);
  const landscape = loadLandscape(path, { secrets, wants, environment });
  if (environment !== undefined && !hasEnvironment(landscape, environment)) {
    throw new UsageError(
      `nothing in ${path} belongs to the environment "${environment}"`,
      'it is a folder, a part of a file name (.env.staging), or an overlay of a seaworthy.yaml',
    );
  }
  const seen = { ...relocated(landscape, folderOf(path)), today };
  if (environment === undefined) return { name: 'the files as they stand', landscape: seen };
  return { name: environment, landscape: { ...seen, environment } };
}

/** Its own files, and those that belong to none. */
function wanted(
  environment: string | undefined,
  other: string | undefined,
): (path: string) => boolean {
  const others = otherEnvironments(environment, other);
  return (path) => {
    if (environment !== undefined && namesEnvironment(path, environment)) return true;
    return !others.some((name) => namesEnvironment(path, name));
  };
}

function hasEnvironment({ read, models }: Landscape, environment: string): boolean {
  return (
    models.some(({ model }) => model.environment === environment) ||
    read.some(({ file }) => namesEnvironment(file, environment))
  );
}

/** What files are relative to. */
function folderOf(path: string): string {
  return statSync(path).isFile() ? dirname(path) : path;
}

/** By what tells two paths apart: their last parts, or all of them where those are the same. */
function sideNames(here: string, there: string): readonly [string, string] {
  const [left, right] = [nameOf(here), nameOf(there)];
  return left === right ? [here, there] : [left, right];
}

/** `production` of `.env.production`, `compose.production.yaml` and `overlays/production/`. */
function nameOf(path: string): string {
  const name = basename(path);
  const word = /^(?:\.env|(?:docker-)?compose)\.([\w-]+?)(?:\.ya?ml)?$/.exec(name)?.[1];
  return word ?? name;
}
