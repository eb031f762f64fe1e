import type { PolicySettings } from '../call/settings.ts';
import type { Given } from '../promise/part.ts';
import * as parts from '../promise/parts.ts';
import { settingsBy } from '../promise/policy-of.ts';

const { retry: _plain, limit: _fixed, ...others } = parts;
const all = Object.values(others);

/** The settings for these options by all parts, less those that are undefined. */
export function settingsOf(given: Given): PolicySettings {
  const settings = Object.entries(settingsBy(all, given));
  return Object.fromEntries(settings.filter(([, value]) => value !== undefined));
}
