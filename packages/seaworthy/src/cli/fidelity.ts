import { readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';

import { experiment } from '../judge/experiment.ts';
import type { ExpectationRow } from '../judge/expectations.ts';
import { limitExperiment } from '../judge/limits/expected.ts';
import { defaultPrecision, findLimits } from '../judge/limits/limits.ts';
import { ProbePool } from '../judge/limits/pool.ts';
import { coloursOf } from '../report/colours.ts';
import { fidelityHead, fidelityRow } from '../report/fidelity.ts';
import { ReplicationPool } from '../simulate/replicate/pool.ts';
import { wantsColour } from './colour.ts';
import { ExitCode } from './exit-code.ts';
import { fileFailure } from './file-failure.ts';
import { loadModel } from './load-model.ts';
import { onInterrupt } from './interrupt.ts';
import { blameOf } from './with-threads.ts';
import { UsageError } from './usage-error.ts';

/** What takes longer than a change should have to wait for stands in folders of this name. */
const longFolder = 'long';

export interface FidelityOptions {
  readonly short?: true;
  readonly color: boolean;
}

/**
 * Prints a table of expected and observed values, row by row, and says how to exit: a row that is
 * out fails.
 */
export async function runFidelity(
  paths: readonly string[],
  options: FidelityOptions,
): Promise<ExitCode> {
  const files = await modelFiles(paths, options.short === true);
  const cores = availableParallelism();
  const pools = { replications: new ReplicationPool(cores), probes: new ProbePool(cores) };
  const release = onInterrupt(() => {
    pools.replications.interrupt();
    pools.probes.interrupt();
  });
  const colours = coloursOf(wantsColour(process.stdout, options.color));
  process.stdout.write(`${fidelityHead(colours)}\n`);
  let rows = 0;
  let out = 0;
  try {
    for (const file of files) {
      // One file after the other: each has all cores for its replications.
      for await (const row of rowsOf(file, pools)) {
        if (pools.replications.interrupted) return ExitCode.interrupted;
        process.stdout.write(`${fidelityRow(row, colours)}\n`);
        rows++;
        if (!row.ok) out++;
      }
    }
  } finally {
    release();
    await Promise.all([pools.replications.close(), pools.probes.close()]);
  }
  if (rows === 0) throw new UsageError(`there are no expectations in ${paths.join(', ')}`);
  process.stdout.write(`\n${rows} expectations, ${out} out\n`);
  return out === 0 ? ExitCode.ok : ExitCode.failed;
}

interface Pools {
  readonly replications: ReplicationPool;
  readonly probes: ProbePool;
}

async function* rowsOf(file: string, pools: Pools): AsyncGenerator<ExpectationRow> {
  process.stdout.write(`${file}\n`);
  const read = async (environment: string | undefined) =>
    (await loadModel(file, environment)).model;
  try {
    yield* experiment(read, (model, scenario) => {
      const { seed, replications } = model.run;
      return pools.replications.run({ model, scenario, seed, count: replications });
    });
    yield* limitExperiment(read, (model, names) => {
      const scenarios = names.map((name) => model.scenarios.find((each) => each.name === name));
      const { seed } = model.run;
      const asked = { source: undefined, scenarios, size: 'duration', seed } as const;
      return findLimits(
        model,
        { ...asked, precision: defaultPrecision, requestsMax: Infinity },
        pools.probes,
        silent,
      );
    });
  } catch (error) {
    throw blameOf(file, error);
  }
}

function silent(): void {
  // The table grows row by row: that is progress enough.
}

/** The files themselves, and those that folders hold. */
async function modelFiles(paths: readonly string[], short: boolean): Promise<readonly string[]> {
  const lists = await Promise.all(paths.map((path) => filesBelow(path, short)));
  const files = lists.flat();
  if (files.length > 0) return files;
  throw new UsageError(
    `there is no model file in ${paths.join(', ')}`,
    'name files or folders: seaworthy fidelity fidelity/mm1.yaml',
  );
}

async function filesBelow(path: string, short: boolean): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = (await readdir(path, { withFileTypes: true })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const lists = entries.map((entry) => {
      const below = join(path, entry.name);
      if (entry.isDirectory()) return short && basename(below) === longFolder ? [] : below;
      return /\.ya?ml$/.test(entry.name) ? below : [];
    });
    const found = await Promise.all(lists.flat().map((below) => filesBelow(below, short)));
    return found.flat();
  } catch (error) {
    throw fileFailure(error, 'read', path);
  }
}
