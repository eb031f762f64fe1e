import type { Model } from '../../model/model.ts';
import type { SourceInput } from '../../rehearse/sources.ts';
import { peakPerSecond, type Recording } from '../../traffic/recorded/recording.ts';
import { readRows } from '../../traffic/rows/read-rows.ts';
import { fileAs, sourceAndFile } from '../scenarios/recordings.ts';
import { UsageError } from '../usage-error.ts';

/**
 * What the sources of a model are given on the command line: recorded requests, rows of data.
 * Parallel to the sources.
 *
 * @throws UsageError that names the option or the file, what was read, and what would be right.
 */
export async function readInputs(
  rows: readonly string[] = [],
  model: Model,
  recordings: ReadonlyMap<string, Recording>,
): Promise<readonly SourceInput[]> {
  const inputs: SourceInput[] = model.sources.map(({ name }) => {
    const recording = recordings.get(name);
    return recording === undefined ? {} : { recording };
  });
  for (const text of rows) {
    const { index, file } = sourceAndFile('--rows', text, model);
    inputs[index] = { ...inputs[index], rows: await fileAs(file, (it) => readRows(it, file)) };
  }
  return inputs;
}

/** @throws UsageError about the first that has more in a second than may be sent. */
export function refuseBusy(
  recordings: ReadonlyMap<string, Recording>,
  ratePerSecond: number,
): void {
  for (const [name, recording] of recordings) {
    const peak = peakPerSecond(recording);
    if (peak <= ratePerSecond) continue;
    throw new UsageError(
      `option --recorded: ${name} has ${peak} requests in its busiest second, and the limit is ` +
        `${ratePerSecond}/s`,
      `if that is meant, add --max-rate ${peak}/s`,
    );
  }
}
