import { nodeDefault } from '../defaults/node.ts';
import type { Server, Workload } from '../landscape.ts';

/** The HTTP servers of the workloads that run on a known version of Node. */
export function serversOf(workloads: readonly Workload[]): readonly Server[] {
  return workloads.flatMap(({ serves, containers }) =>
    containers.flatMap(({ runtime, environment }) => {
      const version = runtime?.nodeVersion;
      if (version === undefined || runtime?.packages.length === 0) return [];
      const set = environment.find((it) => /^(HTTP_)?KEEP_?ALIVE_TIMEOUT_MS$/.test(it.name))?.value;
      const keepAliveTimeoutMs =
        set === undefined || !Number.isFinite(Number(set.value))
          ? nodeDefault('keepAliveTimeoutMs', version.value)
          : { value: Number(set.value), origin: set.origin };
      return [
        {
          owner: serves,
          who: `Node ${version.value}`,
          keepAliveTimeoutMs,
          headersTimeoutMs: nodeDefault('headersTimeoutMs', version.value),
          requestTimeoutMs: nodeDefault('requestTimeoutMs', version.value),
        },
      ];
    }),
  );
}
