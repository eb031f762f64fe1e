import { didYouMean } from '../../model/nearest.ts';
import type { Model, Scenario } from '../../model/model.ts';
import type { SourceInput } from '../../rehearse/sources.ts';
import { sourceStream } from '../../traffic/open-arrivals.ts';
import { readRecording } from '../../traffic/recorded/read-recording.ts';
import { peakPerSecond, RecordingError } from '../../traffic/recorded/recording.ts';
import { readRows, RowsError } from '../../traffic/rows/read-rows.ts';
import { readText } from '../read-text.ts';
import { UsageError } from '../usage-error.ts';

/** A recording of an hour at 500/s is a log of some 200 MB. */
const bytesMax = 400e6;

interface InputOptions {
  readonly recorded?: readonly string[];
  readonly rows?: readonly string[];
  readonly compareSimulation?: true;
}

/**
 * What the sources of a model are given on the command line: recorded arrivals, rows of data.
 * Parallel to the sources.
 *
 * @throws UsageError that names the option or the file, what was read, and what would be right.
 */
export async function readInputs(
  { recorded = [], rows = [], compareSimulation }: InputOptions,
  model: Model,
  scenarios: readonly (Scenario | undefined)[],
  { seed, ratePerSecond }: { readonly seed: number; readonly ratePerSecond: number },
): Promise<readonly SourceInput[]> {
  if (compareSimulation === true && recorded.length > 0) {
    throw new UsageError(
      'option --compare-simulation: a simulation draws its arrivals, and has none of --recorded',
    );
  }
  const inputs: SourceInput[] = model.sources.map(() => ({}));
  for (const text of recorded) {
    const { index, file } = sourceAndFile('--recorded', text, model);
    refuseBursts(model, index, scenarios);
    const chance = sourceStream(seed, model.sources[index]!.name, 'recorded');
    const recording = await fileAs(file, (content) => readRecording(content, file, chance));
    const peak = peakPerSecond(recording);
    if (peak > ratePerSecond) {
      throw new UsageError(
        `option --recorded: ${file} has ${peak} requests in its busiest second, and the limit is ` +
          `${ratePerSecond}/s`,
        `if that is meant, add --max-rate ${peak}/s`,
      );
    }
    inputs[index] = { ...inputs[index], recording };
  }
  for (const text of rows) {
    const { index, file } = sourceAndFile('--rows', text, model);
    inputs[index] = { ...inputs[index], rows: await fileAs(file, (it) => readRows(it, file)) };
  }
  return inputs;
}

/** What the recordings have, a line each: what was left out of them above all. */
export function saidOfRecordings(model: Model, inputs: readonly SourceInput[]): string {
  return inputs
    .flatMap(({ recording }, index) => {
      if (recording === undefined) return [];
      const { arrivals, requests, leftOut } = recording;
      const seconds = (arrivals.at(-1)!.atMs / 1000).toFixed(1);
      const whys = Object.entries(leftOut).map(([why, count]) => `; left out: ${count} ${why}`);
      return [
        `${model.sources[index]!.name}: ${arrivals.length} recorded arrivals in ${seconds} s, ` +
          `different requests: ${requests.length}${whys.join('')}\n`,
      ];
    })
    .join('');
}

/** `shoppers=access.log`; the name may be left out where there is one source. */
function sourceAndFile(
  option: string,
  text: string,
  { sources }: Model,
): { readonly index: number; readonly file: string } {
  const at = text.indexOf('=');
  const names = sources.map(({ name }) => name);
  if (at < 0) {
    if (sources.length === 1) return { index: 0, file: text };
    throw new UsageError(
      `option ${option}: "${text}" does not say for which source`,
      `write ${names[0] ?? 'a source'}=${text}; the sources are ${names.join(', ')}`,
    );
  }
  const name = text.slice(0, at);
  const index = names.indexOf(name);
  if (index < 0) {
    throw new UsageError(
      `option ${option}: there is no source "${name}" in the file`,
      didYouMean(name, names),
    );
  }
  return { index, file: text.slice(at + 1) };
}

/** What was recorded came as it came. */
function refuseBursts(
  { sources }: Model,
  index: number,
  scenarios: readonly (Scenario | undefined)[],
): void {
  for (const scenario of scenarios) {
    if (!scenario?.faults.some((fault) => fault.kind === 'burst' && fault.source === index)) {
      continue;
    }
    throw new UsageError(
      `option --recorded: the scenario "${scenario.name}" has a burst of ${sources[index]!.name}, ` +
        'and a recording has no rate to multiply',
      'choose another with --scenario',
    );
  }
}

async function fileAs<Content>(file: string, read: (text: string) => Content): Promise<Content> {
  const text = await readText(file, undefined, bytesMax);
  try {
    return read(text);
  } catch (error) {
    if (error instanceof RecordingError || error instanceof RowsError) {
      throw new UsageError(error.message, error.expected);
    }
    throw error;
  }
}
