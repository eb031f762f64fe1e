import type { FileOrigin, Setting } from './setting.ts';
import type { Variable } from './workload.ts';

/** A canary of Argo Rollouts or Flagger. */
export interface Canary {
  readonly tool: 'argo-rollouts' | 'flagger';
  readonly name: string;
  readonly at: FileOrigin;
  /** The workload that it releases. */
  readonly target: string | undefined;
  readonly steps: readonly CanaryStep[];
  /** How its analyses get at what runs already, to compare with it. Undefined: they do not. */
  readonly comparedWith: Setting<string> | undefined;
  /** Replicas of the old version that start together with the canary. */
  readonly startsBaseline: boolean;
  readonly analyses: readonly CanaryMetric[];
}

export interface CanaryStep {
  readonly weightShare: Setting<number> | undefined;
  /** Replicas of the canary from here on, whatever its weight: a number. */
  readonly replicas: Setting<number> | undefined;
  /** The same as a share of those of the workload. */
  readonly scaleShare: Setting<number> | undefined;
  /** From here on it has as many replicas as its weight takes. */
  readonly scalesByWeight: boolean;
  readonly pauseMs: Setting<number> | undefined;
}

export interface CanaryMetric {
  readonly name: string;
  readonly at: FileOrigin;
  readonly intervalMs: Setting<number> | undefined;
  readonly count: Setting<number> | undefined;
  readonly initialDelayMs: Setting<number> | undefined;
  /** Failed measurements that are tolerated. */
  readonly failureLimit: Setting<number>;
  readonly successCondition: Setting<string> | undefined;
  readonly failureCondition: Setting<string> | undefined;
  readonly query: Setting<string> | undefined;
  readonly thresholdMin: Setting<number> | undefined;
  readonly thresholdMax: Setting<number> | undefined;
}

/** An alert rule of Prometheus. */
export interface Alert {
  readonly name: string;
  readonly at: FileOrigin;
  readonly group: string;
  readonly expression: Setting<string>;
  readonly forMs: Setting<number>;
  readonly labels: Readonly<Record<string, Setting<string>>>;
  readonly annotations: Readonly<Record<string, Setting<string>>>;
}

/** A service level objective of OpenSLO. */
export interface ServiceLevel {
  readonly name: string;
  readonly at: FileOrigin;
  readonly service: string | undefined;
  /** The share that must be good: 0.999. */
  readonly target: Setting<number>;
  readonly windowMs: Setting<number> | undefined;
  readonly kind: 'success' | 'latency' | 'other';
  /** Of a latency objective. */
  readonly thresholdMs: Setting<number> | undefined;
  readonly alerts: readonly string[];
}

/** A certificate, never its key. */
export interface Certificate {
  readonly at: FileOrigin;
  readonly subject: string;
  /** `2027-01-31T00:00:00Z` */
  readonly notBefore: Setting<string>;
  readonly notAfter: Setting<string>;
  /** Of cert-manager: how long before the end it is renewed. */
  readonly renewBeforeMs: Setting<number> | undefined;
}

/** A dotenv file. */
export interface EnvironmentFile {
  readonly file: string;
  /** What its name says: `production` of `.env.production`. */
  readonly environment: string | undefined;
  readonly variables: readonly Variable[];
}
