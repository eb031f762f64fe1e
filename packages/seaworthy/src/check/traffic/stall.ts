import type { CallEdge, FileOrigin, Landscape, Setting } from '../../model/import/landscape.ts';
import { callEdit } from '../../model/edit/edits.ts';
import type { FileEdit } from '../../model/edit/file-edit.ts';
import { lacks } from '../decide.ts';
import { edgeName, edgePlace } from '../edges/edge.ts';
import { worstCase } from '../edges/worst-case.ts';
import { count, rate } from '../evidence.ts';
import type { Evidence, Lack } from '../finding.ts';
import { slotsOf } from './slots.ts';
import { rateInput, type Traffic } from './traffic.ts';

/** No alert, breaker or autoscaler acts sooner. */
export const stallNoticedMs = 3000;

/** What becomes of a caller whose callee hangs, when no bulkhead stands between them. */
export interface Stall {
  readonly kind: 'stall';
  /** Of one replica of the caller. */
  readonly slots: Setting<number>;
  /** Until all of them wait for the callee. */
  readonly fullAfterMs: number;
  readonly numbers: readonly Evidence[];
  readonly passes: string;
  /** Leaves half of the slots for all else. */
  readonly proposed: { readonly proposed?: readonly FileEdit[] };
  readonly at: FileOrigin | undefined;
}

/** Undefined: the caller has slots left, whatever the callee does. */
export function stallOf(
  landscape: Landscape,
  traffic: Traffic,
  edge: CallEdge,
): Stall | Lack | undefined {
  const slots = slotsOf(landscape, edge.from);
  if (slots === undefined || slots.value === Infinity) return undefined;
  const calls = traffic.ofEachCaller(edge);
  if (calls === undefined) return lacks(edgeName(edge), rateInput);
  const isBulkheaded = edge.layers.some(
    ({ inFlightMax }) => (inFlightMax?.value ?? Infinity) < slots.value,
  );
  const { ms, numbers } = worstCase(edge);
  if (isBulkheaded || (calls.value * ms) / 1000 <= slots.value) return undefined;
  const fullAfterMs = (slots.value / calls.value) * 1000;
  const half = Math.floor(slots.value / 2);
  const limit = { concurrency: half, queue: { limit: 0 } };
  return {
    kind: 'stall',
    slots,
    fullAfterMs,
    numbers: [
      count(`slots of a replica of ${edge.from}`, slots),
      rate(`calls of a replica over ${edgeName(edge)}`, calls),
      ...numbers,
    ],
    passes: `a limit below ${slots.value} on the edge, or ${Math.floor(fullAfterMs)} ms for all of a call`,
    proposed: half > 0 ? { proposed: [callEdit(edgeName(edge), 'limit', limit)] } : {},
    at: edgePlace(edge, undefined, numbers[0]?.origin),
  };
}
