import type { Setting } from '../landscape.ts';
import { isWithin, parseVersion } from '../packages/version.ts';
import { defaulted } from '../values/settings.ts';

const http = 'https://nodejs.org/api/http.html';

/** What Node does by itself, by version. */
const nodeDefaults = [
  {
    what: 'keepAliveTimeoutMs',
    from: '8.0.0',
    below: '26.0.0',
    value: 5000,
    at: '#serverkeepalivetimeout',
  },
  { what: 'keepAliveTimeoutMs', from: '26.0.0', value: 65_000, at: '#serverkeepalivetimeout' },
  { what: 'headersTimeoutMs', from: '11.3.0', value: 60_000, at: '#serverheaderstimeout' },
  {
    what: 'requestTimeoutMs',
    from: '14.11.0',
    below: '18.0.0',
    value: Infinity,
    at: '#serverrequesttimeout',
  },
  { what: 'requestTimeoutMs', from: '18.0.0', value: 300_000, at: '#serverrequesttimeout' },
] as const;

/** A default of the HTTP server of a version of Node, or undefined where it has none. */
export function nodeDefault(
  what: (typeof nodeDefaults)[number]['what'],
  version: string,
): Setting<number> | undefined {
  const found = nodeDefaults.find(
    (it) => it.what === what && isWithin(version, it.from, 'below' in it ? it.below : undefined),
  );
  return found && defaulted(found.value, `Node ${version}`, `${http}${found.at}`);
}

/** Whether the agent that requests go by, where the code names none, keeps its connections. */
export function globalAgentKeepsAlive(version: string): Setting<boolean> | undefined {
  if (parseVersion(version) === undefined) return undefined;
  const keeps = isWithin(version, '19.0.0', undefined);
  return defaulted(keeps, `Node ${version}`, `${http}#httpglobalagent`);
}
