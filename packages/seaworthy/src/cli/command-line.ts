import type { Scenario } from '../model/model.ts';
import { calm } from './scenarios/scenarios.ts';

/** What makes a run another one. */
interface Inputs {
  readonly env?: string;
  readonly for?: string;
  readonly recorded?: readonly string[];
  readonly rows?: readonly string[];
}

/**
 * The command that runs one scenario as it was run now, but for seed and replications, which the
 * caller adds.
 */
export function commandOf(
  verb: 'simulate' | 'rehearse',
  file: string,
  options: Inputs,
  scenario: Scenario | undefined,
): string {
  const words = ['seaworthy', verb, file, '--scenario', scenario?.name ?? calm];
  if (options.env !== undefined) words.push('--env', options.env);
  if (options.for !== undefined) words.push('--for', options.for);
  for (const text of options.recorded ?? []) words.push('--recorded', text);
  for (const text of options.rows ?? []) words.push('--rows', text);
  return commandLine(words);
}

/** Words as one would type them. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

/** Quoted where a shell would read it in another way. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
