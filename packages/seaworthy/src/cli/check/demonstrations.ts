import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';

import type { Finding } from '../../check/finding.ts';
import { canDemonstrate, demonstrate, type Stage } from '../../judge/demonstrate/demonstrate.ts';
import { EditError } from '../../model/edit/apply.ts';
import type { Landscape } from '../../model/import/landscape.ts';
import { ModelError } from '../../model/problem.ts';
import { modelText } from '../../model/import/write/model-text.ts';
import { readModel, type ReadResult } from '../../model/read.ts';
import { ReplicationPool } from '../../simulate/replicate/pool.ts';
import { loadModel } from '../load-model.ts';
import { readSeed } from '../numbers.ts';
import { onInterrupt } from '../interrupt.ts';
import { commandLine } from '../command-line.ts';
import { UsageError } from '../usage-error.ts';
import type { CheckArguments } from './arguments.ts';

/** Three seeds of two variants take a second or so; what is clear shows in all of them. */
const seedsOfEach = 3;

/**
 * The findings with what simulations have shown of them: those of the rules that can be shown, on
 * the seaworthy.yaml that has their subject, or on the model that the files come to.
 *
 * @throws UsageError where nothing says what runs, or there is no such finding.
 */
export async function withDemonstrations(
  findings: readonly Finding[],
  landscape: Landscape,
  folder: string,
  options: CheckArguments,
): Promise<readonly Finding[]> {
  const { demonstrate: wish } = options;
  if (wish === undefined) return findings;
  const asked = findings.filter(({ id }) => wish === true || id === wish);
  if (asked.length === 0 && wish !== true) {
    throw new UsageError(`option --demonstrate: there is no finding "${wish}"`);
  }
  const files = await modelsOf(landscape, folder);
  const pool = new ReplicationPool(availableParallelism());
  const release = onInterrupt(() => pool.interrupt());
  try {
    const shown: Finding[] = [];
    for (const finding of findings) {
      // One after the other: each has all cores for its seeds.
      const isAsked = asked.includes(finding) && canDemonstrate(finding) && !pool.interrupted;
      shown.push(isAsked ? await shownOn(finding, files, pool, folder, options) : finding);
    }
    return shown;
  } finally {
    release();
    await pool.close();
  }
}

/** Those of the files; without any, the one that `init --from` would write. */
async function modelsOf(landscape: Landscape, folder: string): Promise<readonly ReadResult[]> {
  const { models } = landscape;
  if (models.length > 0) {
    return Promise.all(
      models.map(({ file, model }) => loadModel(fileIn(folder, file), model.environment)),
    );
  }
  const text = modelText(landscape, basename(resolve(folder)));
  if (text !== undefined) return [readModel(text, `what init --from ${folder} writes`, {})];
  throw new UsageError(`option --demonstrate: nothing in ${folder} says what runs`);
}

/** A single file is its own folder. */
function fileIn(folder: string, file: string): string {
  return folder.endsWith(file) ? folder : join(folder, file);
}

async function shownOn(
  finding: Finding,
  files: readonly ReadResult[],
  pool: ReplicationPool,
  folder: string,
  options: CheckArguments,
): Promise<Finding> {
  for (const read of files) {
    const seed = readSeed(options.seed) ?? read.model.run.seed;
    const stage: Stage = {
      model: read.model,
      edit: (edits) => read.edit(edits).model,
      simulate: (model, scenario) => pool.run({ model, scenario, seed, count: seedsOfEach }),
    };
    const words = ['seaworthy', 'check', folder, ...environmentWords(options)];
    const command = commandLine([...words, '--demonstrate', finding.id, '--seed', String(seed)]);
    const demonstration = await tried(finding, stage, command);
    if (demonstration !== undefined) return { ...finding, demonstration };
  }
  return finding;
}

function environmentWords({ env }: CheckArguments): readonly string[] {
  return env === undefined ? [] : ['--env', env];
}

/** A file may have no place for the value, or may contradict it elsewhere. */
async function tried(finding: Finding, stage: Stage, command: string) {
  try {
    return await demonstrate(finding, stage, command);
  } catch (error) {
    if (error instanceof EditError || error instanceof ModelError) return undefined;
    throw error;
  }
}
