import { didYouMean } from '../../model/nearest.ts';
import type { Model, Scenario } from '../../model/model.ts';
import { sourceStream } from '../../traffic/open-arrivals.ts';
import { readRecording } from '../../traffic/recorded/read-recording.ts';
import { type Recording, RecordingError } from '../../traffic/recorded/recording.ts';
import { RowsError } from '../../traffic/rows/read-rows.ts';
import { readText } from '../read-text.ts';
import { UsageError } from '../usage-error.ts';

/** A recording of an hour at 500/s is a log of some 200 MB. */
const bytesMax = 400e6;

/**
 * The recordings that sources are given on the command line, by the name of the source.
 *
 * @throws UsageError that names the option or the file, what was read, and what would be right.
 */
export async function readRecordings(
  recorded: readonly string[] = [],
  model: Model,
  scenarios: readonly (Scenario | undefined)[],
  seed: number,
): Promise<ReadonlyMap<string, Recording>> {
  const recordings = new Map<string, Recording>();
  for (const text of recorded) {
    const { index, file } = sourceAndFile('--recorded', text, model);
    refuseBursts(model, index, scenarios);
    const { name } = model.sources[index]!;
    const chance = sourceStream(seed, name, 'recorded');
    recordings.set(name, await fileAs(file, (content) => readRecording(content, file, chance)));
  }
  return recordings;
}

/** What the recordings have, a line each: what was left out of them above all. */
export function saidOfRecordings(recordings: ReadonlyMap<string, Recording>): string {
  return [...recordings]
    .map(([name, { arrivals, requests, leftOut }]) => {
      const seconds = (arrivals.at(-1)!.atMs / 1000).toFixed(1);
      const whys = Object.entries(leftOut).map(([why, count]) => `; left out: ${count} ${why}`);
      return (
        `${name}: ${arrivals.length} recorded arrivals in ${seconds} s, ` +
        `different requests: ${requests.length}${whys.join('')}\n`
      );
    })
    .join('');
}

/** `shoppers=access.log`; the name may be left out where there is one source. */
export function sourceAndFile(
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

/** The file, as what it is to be; a mistake in it is one of the user. */
export async function fileAs<Content>(
  file: string,
  read: (text: string) => Content,
): Promise<Content> {
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
