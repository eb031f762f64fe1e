import type { Origin } from '../../model/import/landscape.ts';
import type { EvidenceUnit } from '../finding.ts';

/**
 * How a setting must stand to its twin in another environment.
 *
 * - `equal`: a rehearsal with another value rehearses another system.
 * - `scale`: it follows the load, and may differ as the load does.
 * - `differ`: it names what must never be shared: a database, a bucket, a credential.
 */
export type SettingKind = 'equal' | 'scale' | 'differ';

/** One effective value of an environment, whoever set it. */
export interface EffectiveValue {
  /** Whose it is, without what only tells environments apart: `web`, `web -> payments`. */
  readonly subject: string;
  /** Which of its settings: `timeout of istio`. With the subject it joins two environments. */
  readonly name: string;
  /** What would be gone with all of its settings: `istio`, `readiness probe`; else the name. */
  readonly part: string;
  readonly kind: SettingKind;
  readonly unit: EvidenceUnit;
  readonly value: number | string | boolean;
  readonly origin: Origin;
}
