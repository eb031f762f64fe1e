import type { Container, FileOrigin, Landscape, Workload } from '../../model/import/landscape.ts';

/** It waits for requests: it has a port, and is not there to end. */
export function takesRequests(workload: Workload): boolean {
  return staysUp(workload) && workload.containers.some(({ ports }) => ports.length > 0);
}

/** It is meant to run until it is replaced. */
export function staysUp({ kind }: Workload): boolean {
  return kind !== 'Job' && kind !== 'CronJob';
}

/** `web`, or `web/proxy` where the workload has several containers. */
function containerName(workload: Workload, container: Container): string {
  return workload.containers.length > 1 ? `${workload.name}/${container.name}` : workload.name;
}

/** Every container with its workload. */
export function* containersOf(workloads: readonly Workload[]): Generator<{
  readonly workload: Workload;
  readonly container: Container;
  readonly name: string;
}> {
  for (const workload of workloads) {
    for (const container of workload.containers) {
      yield { workload, container, name: containerName(workload, container) };
    }
  }
}

/** Where the workload is declared that serves by this name. */
export function placeOfOwner(
  { workloads }: Pick<Landscape, 'workloads'>,
  owner: string,
): FileOrigin | undefined {
  return workloads.find(({ serves }) => serves === owner)?.at;
}

/** What it has in quiet hours: an autoscaler goes down to its minimum. */
export function leastReplicas({ replicas, autoscaler }: Workload): Workload['replicas'] {
  return autoscaler?.min ?? replicas;
}

/** `2` of `2`, or of `50%` of 4: rounded up, as Kubernetes does for a disruption budget. */
export function replicasIn(amount: string, replicas: number): number | undefined {
  const match = /^(\d+)(%?)$/.exec(amount.trim());
  if (match === null) return undefined;
  const number = Number(match[1]);
  return match[2] === '%' ? Math.ceil((number / 100) * replicas) : number;
}
