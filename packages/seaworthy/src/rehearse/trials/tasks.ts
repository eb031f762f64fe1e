import type { LoadReading } from '../load/load.ts';

/** Why an arrival is late where it is the target that is slow: all connections wait for it. */
const busy = 'all connections busy';

/** Tasks that ended without success: those too that waited in vain for a connection. */
export function failedCount({ failed, late }: Pick<LoadReading, 'failed' | 'late'>): number {
  return sumOf(failed) + (late[busy] ?? 0);
}

/** Tasks without an answer within the deadline. */
export function unansweredCount({ failed, late }: Pick<LoadReading, 'failed' | 'late'>): number {
  return (failed['timeout'] ?? 0) + (late[busy] ?? 0);
}

/** Tasks that the generator itself could not send. */
export function unsentCount({ late }: Pick<LoadReading, 'late'>): number {
  return sumOf(late) - (late[busy] ?? 0);
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
