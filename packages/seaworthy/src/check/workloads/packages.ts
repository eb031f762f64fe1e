import type { Landscape } from '../../model/import/landscape.ts';

/** The first of these packages that a workload has. */
export function packageOf(
  { workloads }: Pick<Landscape, 'workloads'>,
  owner: string,
  names: ReadonlySet<string>,
): string | undefined {
  const containers = workloads.filter(({ serves }) => serves === owner);
  const packages = containers.flatMap((it) =>
    it.containers.flatMap((c) => c.runtime?.packages ?? []),
  );
  return packages.find(({ name }) => names.has(name))?.name;
}
