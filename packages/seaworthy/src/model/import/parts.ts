import type { KubernetesObject } from './kubernetes/objects.ts';
import type {
  Alert,
  Canary,
  Certificate,
  Database,
  EnvironmentFile,
  NotUnderstood,
  Pooler,
  ReadFile,
  ReadModelFile,
  ServiceLevel,
  Workload,
} from './landscape.ts';
import type { Secrets } from './secrets.ts';

/** What the files of a folder say, one by one: joined into a landscape when all are read. */
export interface Parts {
  readonly secrets: Secrets;
  readonly kubernetes: KubernetesObject[];
  readonly workloads: Workload[];
  readonly databases: Database[];
  readonly poolers: Pooler[];
  readonly canaries: Canary[];
  readonly alerts: Alert[];
  readonly objectives: ServiceLevel[];
  readonly certificates: Certificate[];
  readonly environmentFiles: EnvironmentFile[];
  readonly models: ReadModelFile[];
  readonly read: ReadFile[];
  readonly notUnderstood: NotUnderstood[];
}

export function emptyParts(secrets: Secrets): Parts {
  return {
    secrets,
    kubernetes: [],
    workloads: [],
    databases: [],
    poolers: [],
    canaries: [],
    alerts: [],
    objectives: [],
    certificates: [],
    environmentFiles: [],
    models: [],
    read: [],
    notUnderstood: [],
  };
}
