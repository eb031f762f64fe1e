import { nodeDefault } from '../defaults/node.ts';
import type { Package, Server, Setting, Workload } from '../landscape.ts';
import type { SourceFacts } from '../source/read.ts';
import { codedObjects } from './source-calls.ts';

const frameworks =
  /^(express|fastify|koa|restify|polka|hono|@hapi\/hapi|@hono\/node-server|@nestjs\/core)$/;

function isFramework({ name }: Package): boolean {
  return frameworks.test(name);
}

/** The HTTP servers of the workloads that run on a known version of Node. */
export function serversOf(
  workloads: readonly Workload[],
  sources: readonly SourceFacts[],
): readonly Server[] {
  return workloads.flatMap((workload) => {
    const coded = codedObjects(workload, sources, workloads);
    return workload.containers.flatMap(({ runtime, environment }) => {
      const version = runtime?.nodeVersion;
      if (version === undefined || runtime?.packages.length === 0) return [];
      // What nothing deploys may be a tool, which serves nobody.
      if (workload.platform === 'none' && !runtime!.packages.some(isFramework)) return [];
      const set = environment.find((it) => /^(HTTP_)?KEEP_?ALIVE_TIMEOUT_MS$/.test(it.name))?.value;
      const named =
        set === undefined || !Number.isFinite(Number(set.value))
          ? undefined
          : { value: Number(set.value), origin: set.origin };
      const timeout = (what: Parameters<typeof nodeDefault>[0]): Setting<number> | undefined => {
        const property = what.slice(0, -'Ms'.length);
        const inCode = coded(property, property);
        // To Node 0 is no timeout.
        return inCode?.value === 0
          ? { ...inCode, value: Infinity }
          : (inCode ?? nodeDefault(what, version.value));
      };
      return [
        {
          owner: workload.serves,
          who: `Node ${version.value}`,
          nodeVersion: version,
          keepAliveTimeoutMs: named ?? timeout('keepAliveTimeoutMs'),
          headersTimeoutMs: timeout('headersTimeoutMs'),
          requestTimeoutMs: timeout('requestTimeoutMs'),
        },
      ];
    });
  });
}
