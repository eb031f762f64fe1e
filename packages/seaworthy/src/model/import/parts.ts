import type { ProxiedHost } from './envoy/read.ts';
import type { Folders } from './join/runtime.ts';
import type { Kustomization } from './kubernetes/kustomize/read.ts';
import type { KubernetesObject } from './kubernetes/objects.ts';
import type {
  Alert,
  CallEdge,
  Certificate,
  EnvironmentFile,
  ImageBuild,
  NotUnderstood,
  Pooler,
  ReadFile,
  ReadModelFile,
  Setting,
  Workload,
} from './landscape.ts';
import type { PackageFolder } from './packages/manifest.ts';
import type { PostgresSettings } from './postgres/read.ts';
import type { Source } from '../source/source.ts';
import type { Secrets } from './secrets.ts';
import type { SourceFacts } from './source/read.ts';
import type { Measured } from './traces/measure.ts';

/** What the files of a folder say, one by one: joined into a landscape when all are read. */
export interface Parts {
  readonly secrets: Secrets;
  /** The overlay that is asked for. */
  readonly environment: string | undefined;
  readonly kubernetes: KubernetesObject[];
  readonly kustomizations: Kustomization[];
  /** Of compose. */
  readonly workloads: Workload[];
  readonly proxied: ProxiedHost[];
  readonly poolers: Pooler[];
  readonly postgres: { readonly source: Source; readonly settings: PostgresSettings }[];
  readonly sources: SourceFacts[];
  readonly traces: Measured[];
  readonly alerts: Alert[];
  readonly certificates: Certificate[];
  readonly environmentFiles: EnvironmentFile[];
  readonly folders: Folders & {
    readonly packages: PackageFolder[];
    readonly images: ImageBuild[];
    readonly nodeVersions: Map<string, Setting<string>>;
  };
  readonly models: ReadModelFile[];
  readonly modelEdges: CallEdge[];
  readonly read: ReadFile[];
  readonly notUnderstood: NotUnderstood[];
}

export function emptyParts(secrets: Secrets, environment?: string): Parts {
  return {
    secrets,
    environment,
    kubernetes: [],
    kustomizations: [],
    workloads: [],
    proxied: [],
    poolers: [],
    postgres: [],
    sources: [],
    traces: [],
    alerts: [],
    certificates: [],
    environmentFiles: [],
    folders: { packages: [], images: [], nodeVersions: new Map() },
    models: [],
    modelEdges: [],
    read: [],
    notUnderstood: [],
  };
}
