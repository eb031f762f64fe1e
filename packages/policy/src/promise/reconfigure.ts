import { reconfigure } from '../call/reconfigure.ts';
import type { CallPolicy } from '../options/call-policy.ts';
import type { Made } from './part.ts';

/** @throws OptionError for an option that cannot be used: nothing has changed then. */
export function reconfigurePolicy(made: Made, given: CallPolicy): void {
  const { runner, settings } = made;
  const next = made.settingsFor(given);
  made.settings = next;
  const engine = reconfigure(runner.engines.current, settings, next, runner.engineParts);
  const { endpoints } = runner.parts;
  if (endpoints !== undefined) engine.setEndpoints(endpoints.all);
  runner.engines.goOnIn(engine);
}
