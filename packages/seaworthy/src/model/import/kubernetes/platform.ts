import type { Workload } from '../landscape.ts';

export function isOnKubernetes({ platform }: Workload): boolean {
  return platform === 'kubernetes';
}
