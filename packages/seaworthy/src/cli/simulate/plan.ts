import type { Scenario } from '../../model/model.ts';
import { withRecordings } from '../../traffic/recorded/recorded-source.ts';
import { loadModel } from '../load-model.ts';
import { UsageError } from '../usage-error.ts';
import { readNumbers } from '../numbers.ts';
import type { SimulateArguments } from './arguments.ts';
import { fileFolders, prepareFolders } from '../scenarios/record-folder.ts';
import { readRecordings, saidOfRecordings } from '../scenarios/recordings.ts';
import { calm, chooseScenarios } from '../scenarios/scenarios.ts';
import type { Against, Plan } from './session.ts';
import { withLength } from '../scenarios/with-length.ts';

/**
 * What is to be run of each file, and a place for each record. What is wrong with one of them is
 * found out before anything is run.
 *
 * @throws UsageError or ModelError when a file or an option is wrong.
 */
export async function planFiles(
  files: readonly string[],
  options: SimulateArguments,
): Promise<readonly Plan[]> {
  const unplaced: Omit<Plan, 'out'>[] = [];
  for (const file of files) unplaced.push(await planFile(file, options));
  const folders = fileFolders(options.out, unplaced);
  const plans = unplaced.map((plan, index) => ({ ...plan, out: folders[index] }));
  for (const { out, scenarios } of plans) {
    await prepareFolders(
      out,
      scenarios.map((scenario) => scenario?.name ?? calm),
    );
  }
  return plans;
}

async function planFile(file: string, options: SimulateArguments): Promise<Omit<Plan, 'out'>> {
  const numbers = readNumbers(options);
  const read = await loadModel(file, options.env);
  const planned = withLength(read.model, options.for, numbers);
  const against = await loadAgainst(file, options);
  const scenarios = chooseScenarios(planned, options.scenario);
  const seed = numbers.seed ?? planned.run.seed;
  const recordings = await readRecordings(options.recorded, planned, scenarios, seed);
  const model = withRecordings(planned, recordings);
  process.stderr.write(saidOfRecordings(recordings));
  if (against !== undefined) refuseMissing(scenarios, against);
  const replications = numbers.replications ?? model.run.replications;
  return {
    file,
    options,
    read,
    against,
    model,
    recordings,
    scenarios,
    seed,
    replications,
  };
}

async function loadAgainst(
  file: string,
  { against, env }: SimulateArguments,
): Promise<Against | undefined> {
  if (against === undefined) return undefined;
  if (against === env) {
    throw new UsageError(`option --against: "${against}" is the environment that is run itself`);
  }
  return { environment: against, read: await loadModel(file, against) };
}

/** @throws UsageError where the other environment has no such scenario. */
function refuseMissing(
  scenarios: readonly (Scenario | undefined)[],
  { environment, read }: Against,
): void {
  const known = read.model.scenarios.map(({ name }) => name);
  const missing = scenarios.find((each) => each !== undefined && !known.includes(each.name));
  if (missing === undefined) return;
  throw new UsageError(
    `option --against: "${environment}" has no scenario "${missing.name}"`,
    'choose one that both have with --scenario',
  );
}
