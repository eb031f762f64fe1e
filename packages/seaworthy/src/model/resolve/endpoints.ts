import type { EndpointSettings, OutlierSettings } from '@seaworthy/policy/engine';
import type { Balance } from '../model.ts';
import type { CallPolicyEntry } from '../schema/calls.ts';
import { balance } from '../schema/endpoints.ts';
import type { OutliersEntry } from '../schema/endpoints.ts';

/**
 * A caller's own view of the replicas: where the entry asks for it. With nothing but outliers, it
 * chooses as others do from outside.
 */
export function endpointSettings(
  entry: CallPolicyEntry,
  fromOutside: Balance,
): EndpointSettings | undefined {
  const { outliers } = entry;
  if (entry.balance === undefined && outliers === undefined) return undefined;
  const { by, decay, penalty } = entry.balance ?? balance.parse(fromOutside);
  return {
    balance: by,
    decayMs: decay,
    failurePenaltyMs: penalty,
    ...(outliers !== undefined && { outliers: outlierSettings(outliers) }),
  };
}

function outlierSettings(entry: OutliersEntry): OutlierSettings {
  const { successRate, failures } = entry;
  return {
    consecutiveFailures: entry.consecutive,
    intervalMs: entry.interval,
    successRate: {
      deviations: successRate.deviations,
      requests: successRate.of,
      endpoints: successRate.replicas,
    },
    failureShare: {
      share: failures.share,
      requests: failures.of,
      endpoints: failures.replicas,
    },
    ejectMs: entry.eject,
    ejectMaxMs: entry.ejectMax,
    shareMax: entry.share,
  };
}
