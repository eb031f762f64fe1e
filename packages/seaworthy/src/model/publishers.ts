import type { Model, Step } from './model.ts';

/** The message queues that steps publish to, as often as they do. */
export function publishedBy(steps: readonly Step[]): readonly number[] {
  return steps.flatMap((step) => {
    if (step.kind === 'publish') return step.queue;
    if (step.kind === 'lock') return publishedBy(step.steps);
    return step.kind === 'together' ? step.branches.flatMap(publishedBy) : [];
  });
}

/** Of each message queue the services that publish to it, by their index. */
export function publishersOf({
  services,
  queues,
}: Pick<Model, 'services' | 'queues'>): readonly (readonly number[])[] {
  const publishes = services.map(({ steps }) => new Set(publishedBy(steps)));
  return queues.map((_, queue) =>
    publishes.flatMap((some, service) => (some.has(queue) ? [service] : [])),
  );
}
