import type { FileOrigin, Landscape, Setting } from '../../../model/import/landscape.ts';
import { shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { EdgeGraph } from '../../edges/graph.ts';
import { share } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const ob04: Rule = {
  id: 'OB04',
  name: 'promises more than what it depends on',
  severity: 'high',
  formula: 'objective of a service > product of the objectives of the services it needs',
  why: 'the sum of what the others are allowed to fail is more than it is allowed itself',
  sources: [
    'https://queue.acm.org/detail.cfm?id=3096459',
    'https://sre.google/workbook/implementing-slos/',
  ],
  remedy: 'Ask more of the services below, promise less, or do without them (cache, fallback).',
  needs: ['the objectives of a service and of those it calls', 'which calls it can do without'],
  *decide(landscape) {
    const promises = promisesOf(landscape);
    const graph = new EdgeGraph(landscape.edges);
    for (const [name, promise] of promises) {
      const needed = graph
        .from(name)
        .filter(({ optional, layers }) => {
          return optional?.value !== true && layers.every(({ fallback }) => fallback === undefined);
        })
        .flatMap(({ to }) => {
          const below = promises.get(to);
          return below === undefined ? [] : [{ to, below }];
        });
      const most = needed.reduce((product, { below }) => product * below.target.value, 1);
      if (needed.length === 0 || promise.target.value <= most) continue;
      yield finding(name, {
        what:
          `it promises ${shareText(promise.target.value)}, and needs ` +
          needed.map(({ to, below }) => `${to} (${shareText(below.target.value)})`).join(' and ') +
          `, which allow ${shareText(most)}`,
        numbers: [
          share(`objective of ${name}`, promise.target),
          ...needed.map(({ to, below }) => share(`objective of ${to}`, below.target)),
        ],
        passes: `an objective of ${shareText(most)} or less`,
        at: placeOf(promise.target.origin, promise.at),
      });
    }
  },
};

interface Promised {
  readonly target: Setting<number>;
  readonly at: FileOrigin;
}

/** The highest objective of success of each service. */
function promisesOf({ objectives, models }: Landscape): ReadonlyMap<string, Promised> {
  const promises = new Map<string, Promised>();
  const add = (name: string, target: Setting<number>, at: FileOrigin): void => {
    const before = promises.get(name);
    if (before === undefined || before.target.value < target.value)
      promises.set(name, { target, at });
  };
  for (const { service, kind, target, at } of objectives) {
    if (service !== undefined && kind === 'success') add(service, target, at);
  }
  for (const { model, position } of models) {
    for (const [index, objective] of model.objectives.entries()) {
      const { measure, subject, comparison } = objective;
      if (measure.kind !== 'success' || subject.kind !== 'service') continue;
      if (!comparison.startsWith('>')) continue;
      const at = position(['objectives', index]);
      add(model.services[subject.index]!.name, { value: objective.required, origin: at }, at);
    }
  }
  return promises;
}
