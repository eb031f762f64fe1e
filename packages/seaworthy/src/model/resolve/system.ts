import type { Edge, Service, Step } from '../model.ts';
import type { Context } from './context.ts';

/** What only the whole can get wrong. */
export function checkSystem(
  context: Context,
  services: readonly Service[],
  edges: readonly Edge[],
): void {
  void services;
  void edges;
  void context;
}
export type { Step };
