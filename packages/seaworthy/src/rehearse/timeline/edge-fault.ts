import type { Distribution, Fault } from '../../model/model.ts';
import type { Histogram } from '../../signals/histogram.ts';
import { type Effect, type FaultSettings, faultWith } from '../proxy/fault.ts';

/** Faults that a proxy plays. */
export type EdgeFault = Extract<Fault, { kind: 'slow' | 'fail' | 'blackhole' | 'reset' | 'loss' }>;

export function isEdgeFault(fault: Fault): fault is EdgeFault {
  return ['slow', 'fail', 'blackhole', 'reset', 'loss'].includes(fault.kind);
}

/**
 * What the proxy does for a fault of the file.
 *
 * @param calm What the callee took before the first fault, for those that multiply it.
 */
export function settingsOf(fault: EdgeFault, index: number, calm: Histogram): FaultSettings {
  const replicas = fault.target.kind === 'service' ? fault.target.replicas : undefined;
  return faultWith(effectOf(fault, calm), {
    name: `fault ${index + 1}`,
    share: 'share' in fault && fault.kind !== 'loss' ? fault.share : 1,
    ...(replicas !== undefined && { replicas }),
  });
}

function effectOf(fault: EdgeFault, calm: Histogram): Effect {
  switch (fault.kind) {
    case 'slow':
      return { kind: 'latency', time: delay(fault.factor, fault.addsMs, calm) };
    case 'fail':
      return { kind: 'http_status', status: 500, headers: {}, body: 'injected by seaworthy\n' };
    case 'blackhole':
      // Closed when the fault ends: an answer that comes minutes late helps nobody.
      return { kind: 'timeout', timeoutMs: 0 };
    case 'reset':
      return { kind: 'reset_peer', timeoutMs: 0, bytes: undefined };
    case 'loss':
      return { kind: 'packet_loss', share: fault.share };
  }
}

/** Shares at which the times of the calm are read: close together where few are far from all. */
const shares = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

/**
 * What is to be added so that times are on average `factor` times as long: drawn from those of the
 * calm, so that the slow ones become slower than the fast.
 */
function delay(factor: number, addsMs: number, calm: Histogram): Distribution {
  if (factor === 1 || calm.count === 0) return { kind: 'constant', valueMs: addsMs };
  const points = shares.map((share) => {
    return { share, valueMs: calm.quantile(share) * (factor - 1) + addsMs };
  });
  return { kind: 'quantiles', points };
}
