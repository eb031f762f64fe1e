import type { Model } from '../model.ts';
import type { CodeUse, HttpAgent, JobConsumer } from './landscape/code.ts';
import type { CallEdge, PolicyLayer, Quantile, Route } from './landscape/edge.ts';
import type {
  Alert,
  Canary,
  Certificate,
  EnvironmentFile,
  ServiceLevel,
} from './landscape/release.ts';
import type { FileOrigin, Setting } from './landscape/setting.ts';
import type { CacheClient, Database, Pool, Pooler } from './landscape/stores.ts';
import type { Workload } from './landscape/workload.ts';

export type * from './landscape/code.ts';
export type * from './landscape/edge.ts';
export type * from './landscape/release.ts';
export type * from './landscape/setting.ts';
export type * from './landscape/stores.ts';
export type * from './landscape/workload.ts';

/**
 * What the files of a folder say of a system, each value with its origin. Files of many tools are
 * read into it, and the rules of `check` decide over it.
 */
export interface Landscape {
  /** The environment that was asked for, as people call it. Undefined: none was. */
  readonly environment?: string;
  /** The day on which it was read: `2026-11-21`. Undefined: nobody told. */
  readonly today?: string;
  readonly workloads: readonly Workload[];
  readonly edges: readonly CallEdge[];
  readonly routes: readonly Route[];
  readonly mesh: Mesh | undefined;
  readonly databases: readonly Database[];
  readonly pools: readonly Pool[];
  readonly poolers: readonly Pooler[];
  readonly caches: readonly CacheClient[];
  readonly servers: readonly Server[];
  readonly agents: readonly HttpAgent[];
  readonly consumers: readonly JobConsumer[];
  readonly libraries: readonly LibraryUse[];
  readonly canaries: readonly Canary[];
  readonly alerts: readonly Alert[];
  readonly objectives: readonly ServiceLevel[];
  readonly certificates: readonly Certificate[];
  readonly environmentFiles: readonly EnvironmentFile[];
  /** Reads of environment variables in source code. */
  readonly variableReads: readonly VariableRead[];
  /** What source code does beside its calls. */
  readonly code: readonly CodeUse[];
  readonly measured: readonly MeasuredService[];
  /** Of a seaworthy.yaml. */
  readonly models: readonly ReadModelFile[];
  readonly read: readonly ReadFile[];
  readonly notUnderstood: readonly NotUnderstood[];
}

/** The mesh that the workloads run in. */
export interface Mesh {
  readonly name: 'istio';
  /** What shows that there is one. */
  readonly at: FileOrigin;
  readonly version: Setting<string> | undefined;
}

/** What a server does with connections and requests: an HTTP server of a workload. */
export interface Server {
  readonly owner: string;
  readonly who: string;
  readonly nodeVersion: Setting<string>;
  /** Of idle connections. Infinity, here and below: no end. */
  readonly keepAliveTimeoutMs: Setting<number> | undefined;
  /** Until the headers of a request have arrived. */
  readonly headersTimeoutMs: Setting<number> | undefined;
  /** Until all of a request has arrived. */
  readonly requestTimeoutMs: Setting<number> | undefined;
}

/** A library whose defaults are known, in the version that is installed. */
export interface LibraryUse {
  readonly owner: string;
  readonly package: string;
  readonly version: Setting<string>;
  /** `pg 8.23.0` */
  readonly who: string;
  /** What it does to a call where the application says nothing. */
  readonly layer: PolicyLayer;
}

export interface VariableRead {
  readonly name: string;
  readonly at: FileOrigin;
  /** The code goes on with a value of its own where it is not set. */
  readonly hasDefault: boolean;
}

/** Of one service, from traces. */
export interface MeasuredService {
  readonly service: string;
  readonly requests: Setting<number>;
  readonly ratePerSecond: Setting<number> | undefined;
  readonly errorShare: Setting<number>;
  /** Time that it spent itself, calls of others left out. */
  readonly selfTime: Setting<readonly Quantile[]>;
  readonly latency: Setting<readonly Quantile[]>;
  /** What a request calls, in the order in which it begins; those in one list overlap. */
  readonly order: readonly (readonly string[])[];
}

export interface ReadModelFile {
  readonly file: string;
  readonly model: Model;
  /** Where a value of the file stands, by its path: `calls`, `web -> payments`, `timeout`. */
  readonly position: (path: readonly (string | number)[]) => FileOrigin;
}

export interface ReadFile {
  readonly file: string;
  /** `compose`, `Kubernetes`, `Istio`, `package.json`, ... */
  readonly as: string;
}

/** What looked like a file of a known tool, and could not be read in whole or in part. */
export interface NotUnderstood {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly why: string;
  /** It should be in the landscape, and it is not: a manifest that is no YAML. Default: false. */
  readonly isBroken?: boolean;
}
