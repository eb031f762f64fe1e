import { obstacle, reconfigure } from '../call/reconfigure.ts';
import type { CallPolicy } from '../options/call-policy.ts';
import { OptionError } from '../options/reader.ts';
import type { Made } from './part.ts';

/** @throws OptionError for an option that cannot be used, or changed: nothing has changed then. */
export function reconfigurePolicy(made: Made, given: CallPolicy): void {
  const next = made.settingsFor(given);
  const name = obstacle(made.settings, next);
  if (name !== undefined) {
    const [part] = name.split('.');
    const value = (given as Readonly<Record<string, unknown>>)[part!];
    const rule = 'leave it as it is, or make a new policy and restore its state';
    throw new OptionError(name, value, rule);
  }
  made.settings = next;
  reconfigure(made.runner.engine, next);
}
