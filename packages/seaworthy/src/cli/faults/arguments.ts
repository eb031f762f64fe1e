import { type Address, parseAddress } from '../../rehearse/proxy/address.ts';
import type { EdgePlan } from '../../rehearse/proxy/proxies.ts';
import { UsageError } from '../usage-error.ts';

/** The options of `seaworthy faults` as they were written. */
export interface FaultsArguments {
  readonly api: string;
  readonly edge?: readonly string[];
  readonly seed: string;
  readonly journal?: string;
}

/** @throws UsageError for what is no address. */
export function addressOf(option: string, written: string): Address {
  const address = parseAddress(written);
  if (address !== undefined) return address;
  throw new UsageError(
    `option ${option}: "${written}" is not an address`,
    'write a host and a port, such as 127.0.0.1:8474',
  );
}

/**
 * `payments=4001:127.0.0.1:4000`, as `ssh -L` has it, with a name before it.
 *
 * @throws UsageError for what is none.
 */
export function edgeOf(written: string): EdgePlan {
  const match = /^([^=]+)=(?:(\S+):)?(\d+):((?:\[[^\]]+\]|[^:[\]]+):\d+)$/.exec(written);
  const listen = match && parseAddress(`${match[2] ?? '127.0.0.1'}:${match[3]}`);
  const upstream = match && parseAddress(match[4]!);
  if (!match || !listen || !upstream) {
    throw new UsageError(
      `option --edge: "${written}" is not an edge`,
      'write name=port:host:port, such as payments=4001:127.0.0.1:4000',
    );
  }
  const edge = { name: match[1]!, listen, upstream, protocol: 'auto' as const };
  return { edge, faults: undefined, enabled: true };
}
