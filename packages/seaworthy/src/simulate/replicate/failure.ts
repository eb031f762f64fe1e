import { SimulationError } from '../simulation-error.ts';
import type { Failure } from './message.ts';

/** An error as plain data, for the way between threads. */
export function failureOf(error: unknown): Failure {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { blame: error instanceof SimulationError ? 'model' : 'engine', message, stack };
}
