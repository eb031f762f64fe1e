import type { CallEdge, FileOrigin, Landscape, PolicyLayer } from '../../model/import/landscape.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

const at: FileOrigin = { kind: 'file', file: 'src/payments.ts', line: 7, column: 3 };

/** A setting as source code has it. */
export function coded<T>(value: T): { readonly value: T; readonly origin: FileOrigin } {
  return { value, origin: at };
}

/**
 * web calls payments, as its source code says: for what no file of another kind can say of a call.
 */
export function fromSource(layer: Partial<PolicyLayer>, edge: Partial<CallEdge> = {}): Landscape {
  const one: PolicyLayer = { who: 'got', kind: 'library', at, ...layer };
  const unknown = { writes: undefined, optional: undefined, measured: undefined };
  const found = { value: 'source', origin: at } as const;
  const edges = [{ from: 'web', to: 'payments', found, layers: [one], ...unknown, ...edge }];
  return { ...folderLandscape({}), edges };
}

/** Calls of which no latency was measured. */
export const withoutLatency: Partial<CallEdge> = {
  measured: {
    perRequest: coded(1),
    ratePerSecond: coded(10),
    errorShare: coded(0),
    attemptsPerTask: coded(1),
    latency: coded([]),
  },
};
