import type { Limits } from '../../judge/limits/result.ts';
import { nullWhereUnknown } from '../json.ts';

/**
 * The report for programs. `schema` counts up when a key changes its meaning or goes away. Every
 * key is always there, in this order; what is not known is null.
 */
export function printLimitsJson(limits: Limits, command: string): string {
  return `${JSON.stringify({ ...limits, command }, nullWhereUnknown, 2)}\n`;
}
