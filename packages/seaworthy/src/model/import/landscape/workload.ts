import type { FileOrigin, Setting } from './setting.ts';

/** Something that runs: a service of compose, a Deployment, a StatefulSet, a Job, ... */
export interface Workload {
  /** As its platform calls it: `reviews-v2`. */
  readonly name: string;
  /**
   * What others call it by: the one Kubernetes Service that selects it, else its name. Edges join
   * these names.
   */
  readonly serves: string;
  readonly kind:
    | 'compose'
    | 'Deployment'
    | 'StatefulSet'
    | 'DaemonSet'
    | 'Job'
    | 'CronJob'
    | 'Pod'
    | 'Rollout'
    | 'package';
  /** `none`: a package.json that no file deploys. */
  readonly platform: 'compose' | 'kubernetes' | 'none';
  /** Undefined: the one of whoever applies the file. Compose has none. */
  readonly namespace: string | undefined;
  /** Where it is declared. */
  readonly at: FileOrigin;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, Setting<string>>>;
  readonly replicas: Setting<number>;
  /** Compose has exactly one. Init containers are not among them. */
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  /** From the signal to stop until it is killed. */
  readonly graceMs: Setting<number>;
  readonly autoscaler: Autoscaler | undefined;
  readonly disruptionBudget: DisruptionBudget | undefined;
  /** How its replicas are kept apart. Undefined: they are not. */
  readonly spread: Setting<'anti-affinity' | 'topology-spread'> | undefined;
  /** How many more, and how many fewer, there may be during a rollout. */
  readonly rollout: Rollout | undefined;
  /** Old versions that are kept to go back to. Undefined: its kind keeps none, or nobody said. */
  readonly revisionsKept: Setting<number> | undefined;
  readonly dependsOn: readonly Dependency[];
  readonly restart: Setting<string> | undefined;
  readonly dnsNdots: Setting<number> | undefined;
  readonly schedule: Schedule | undefined;
}

export interface Container {
  readonly name: string;
  readonly at: FileOrigin;
  readonly image: Setting<string> | undefined;
  /** The folder it is built from, relative to the folder that was read. */
  readonly build: Setting<string> | undefined;
  /** What replaces the entry point of the image. */
  readonly command: Setting<readonly string[]> | undefined;
  readonly args: Setting<readonly string[]> | undefined;
  /** Defaults of the shell forms are resolved; secrets are markers (see secrets.ts). */
  readonly environment: readonly Variable[];
  readonly resources: Resources;
  readonly readiness: Probe | undefined;
  readonly liveness: Probe | undefined;
  readonly startup: Probe | undefined;
  /** What compose calls a health check. */
  readonly healthCheck: Probe | undefined;
  readonly preStop: PreStop | undefined;
  readonly ports: readonly Setting<number>[];
  readonly logging: Logging | undefined;
  /** A process that reaps children and passes signals on runs as PID 1. */
  readonly init: Setting<boolean> | undefined;
  readonly openFilesMax: Setting<number> | undefined;
  readonly runtime: Runtime | undefined;
}

/** What a Dockerfile makes. */
export interface ImageBuild {
  /** Where it is. */
  readonly folder: string;
  readonly file: string;
  /** The image that its last stage starts from: `node:22.3-alpine`. */
  readonly base: Setting<string> | undefined;
  readonly entrypoint: Setting<readonly string[]> | undefined;
  readonly command: Setting<readonly string[]> | undefined;
  /** A shell runs it, which passes no signals on. */
  readonly shellForm: Setting<boolean> | undefined;
}

/** What its processes run on, where the folder it is built from is among the files. */
export interface Runtime {
  /** Where the package.json is. */
  readonly folder: string;
  readonly nodeVersion: Setting<string> | undefined;
  /** Exact versions by the lock file, of what package.json names. */
  readonly packages: readonly Package[];
  /** The script that `npm start` runs. */
  readonly start: Setting<string> | undefined;
  readonly image: ImageBuild | undefined;
}

export interface Package {
  readonly name: string;
  readonly version: Setting<string>;
}

/** One environment variable. */
export interface Variable {
  readonly name: string;
  /** Undefined: it comes from where no file shows it. */
  readonly value: Setting<string> | undefined;
  /** Its value is a marker that stands for a secret. */
  readonly secret: boolean;
  /** Where it is set. */
  readonly at: FileOrigin;
}

export interface Resources {
  readonly cpuRequestCores: Setting<number> | undefined;
  readonly cpuLimitCores: Setting<number> | undefined;
  readonly memoryRequestBytes: Setting<number> | undefined;
  readonly memoryLimitBytes: Setting<number> | undefined;
}

export interface Probe {
  /** Where it begins. */
  readonly at: FileOrigin;
  readonly handler: Setting<ProbeHandler>;
  readonly initialDelayMs: Setting<number>;
  readonly periodMs: Setting<number>;
  readonly timeoutMs: Setting<number>;
  readonly failureThreshold: Setting<number>;
  readonly successThreshold: Setting<number>;
}

export type ProbeHandler =
  | {
      readonly kind: 'http';
      readonly path: string;
      readonly port: string;
      /** By which a server may tell probes apart: `Cookie: ...`; secrets are markers. */
      readonly headers?: readonly string[];
    }
  | { readonly kind: 'tcp'; readonly port: string }
  | { readonly kind: 'grpc'; readonly port: string; readonly service: string }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

export interface PreStop {
  readonly at: FileOrigin;
  /** How long it sleeps, where it says so. */
  readonly sleepMs: Setting<number> | undefined;
}

export interface Logging {
  readonly driver: Setting<string>;
  readonly options: Readonly<Record<string, Setting<string>>>;
}

export interface Autoscaler {
  readonly at: FileOrigin;
  readonly min: Setting<number>;
  readonly max: Setting<number>;
  /** `cpu`, `memory`, or the name of another metric. */
  readonly metrics: readonly Setting<string>[];
  readonly cpuTargetShare: Setting<number> | undefined;
  readonly scaleUpStabilisationMs: Setting<number>;
}

export interface DisruptionBudget {
  readonly at: FileOrigin;
  /** A number, or a share such as `50%`. */
  readonly minAvailable: Setting<string> | undefined;
  readonly maxUnavailable: Setting<string> | undefined;
}

export interface Rollout {
  /** A number, or a share such as `25%`. */
  readonly maxSurge: Setting<string>;
  readonly maxUnavailable: Setting<string>;
}

export interface Dependency {
  readonly on: string;
  /** `service_started`, `service_healthy`, `service_completed_successfully`. */
  readonly condition: Setting<string>;
  readonly at: FileOrigin;
}

/** Of a CronJob. */
export interface Schedule {
  readonly cron: Setting<string>;
  readonly concurrencyPolicy: Setting<string>;
  readonly startingDeadlineMs: Setting<number> | undefined;
  readonly activeDeadlineMs: Setting<number> | undefined;
}
