import type { Landscape, Variable } from '../../model/import/landscape.ts';
import { containerSubject } from './effective/workloads.ts';

/** The environment variables of a container, or of a dotenv file that no container takes. */
export interface VariableSet {
  /** `web`, `.env`. */
  readonly subject: string;
  readonly variables: readonly Variable[];
  /** Other containers share its network: `localhost` may be one of them. */
  readonly hasCompany: boolean;
}

/**
 * All sets of variables of an environment. What a container takes from a dotenv file is its own,
 * and the file is not looked at once more.
 */
export function variableSets({ workloads, environmentFiles }: Landscape): readonly VariableSet[] {
  const containers = workloads.flatMap((workload) =>
    workload.containers.map((container) => ({
      subject: containerSubject(workload, container),
      variables: container.environment,
      hasCompany: workload.containers.length > 1,
    })),
  );
  const taken = new Set(containers.flatMap(({ variables }) => variables.map(({ at }) => at.file)));
  const files = environmentFiles
    .filter(({ variables }) => !variables.some(({ at }) => taken.has(at.file)))
    .map(({ file, environment, variables }) => {
      return { subject: withoutEnvironment(file, environment), variables, hasCompany: false };
    });
  return [...containers, ...files];
}

/** `.env` of `.env.production`. */
function withoutEnvironment(file: string, environment: string | undefined): string {
  if (environment === undefined) return file;
  return file.replace(`.${environment}`, '').replace(/(^|\/)\.?env\.env$/, '$1.env');
}

/** Whether these are the variables of production: they, their file or the environment says so. */
export function isProduction({ variables }: VariableSet, { environment }: Landscape): boolean {
  if (environment !== undefined) return isProductionName(environment);
  const file = variables[0]?.at.file ?? '';
  if (isProductionName(/\.env\.([\w-]+)/.exec(file)?.[1] ?? '')) return true;
  return variables.some(({ name, value }) => {
    return (
      /^(NODE_ENV|APP_ENV|ENVIRONMENT|DEPLOY_ENV)$/.test(name) &&
      isProductionName(value?.value ?? '')
    );
  });
}

/** `production`, `prod`, `prod-eu`. */
function isProductionName(name: string): boolean {
  return /^(prod|production|live)($|[^a-z])/i.test(name);
}
