import type { ReadModelFile } from '../../../model/import/landscape.ts';
import type { Edge, Model } from '../../../model/model.ts';
import { finding } from '../../decide.ts';
import type { Rule } from '../../rule.ts';

export const dr12: Rule = {
  id: 'DR12',
  name: 'a policy for failures that no scenario ever brings about',
  severity: 'medium',
  formula:
    'a call has a fallback or a breaker, and no scenario has a fault at its callee, at what that ' +
    'calls, or on the way',
  why:
    'settings that only failures reach are wrong unnoticed: of those of six systems that matter ' +
    'for reliability, 14 to 93 % were not checked before a failure needed them',
  sources: ['https://www.usenix.org/conference/osdi16/technical-sessions/presentation/xu'],
  remedy: 'Write a scenario in which the callee fails or is slow, and rehearse it.',
  needs: ['the scenarios of a seaworthy.yaml'],
  *decide({ models }) {
    for (const file of models) {
      if (file.model.scenarios.length === 0) continue;
      for (const edge of file.model.edges) {
        const policies = latentPolicies(edge);
        if (policies.length === 0 || isReached(edge, file.model)) continue;
        yield latent(file, edge, policies);
      }
    }
  },
};

function latentPolicies({ policy, fallbacks }: Edge): readonly string[] {
  return [
    ...(fallbacks.length > 0 ? ['fallback'] : []),
    ...(policy.breaker === undefined ? [] : ['breaker']),
  ];
}

/** A fault below the callee comes up to it. */
function isReached(edge: Edge, { edges, scenarios }: Model): boolean {
  const below = new Set([edge.to]);
  for (const service of below) {
    for (const each of edges) {
      if (each.from.kind === 'service' && each.from.index === service) below.add(each.to);
    }
  }
  return scenarios.some(({ faults }) =>
    faults.some((fault) => {
      // A burst may overload whatever is on its way.
      if (!('target' in fault)) return fault.kind === 'burst';
      const { target } = fault;
      if (target.kind === 'service') return below.has(target.index);
      return edges[target.index] === edge || below.has(edges[target.index]!.to);
    }),
  );
}

function latent(file: ReadModelFile, { name }: Edge, policies: readonly string[]) {
  const at = file.position(['calls', name, policies[0]!]);
  return finding(name, {
    what: `no scenario makes ${name} fail, so nothing has ever tried its ${policies.join(' and ')}`,
    numbers: policies.map((policy) => {
      const origin = file.position(['calls', name, policy]);
      return { name: `${policy} of ${name}`, value: 'set', unit: 'text', origin };
    }),
    passes: `a scenario with a fault at ${name.split(' -> ')[1] ?? name}`,
    at,
  });
}
