import { criticalityNames } from '@seaworthy/policy/engine';

import type { Source } from '../../../model/model.ts';
import { finding } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';

export const ov03: Rule = {
  id: 'OV03',
  name: 'a criticality that nothing acts on',
  severity: 'medium',
  formula:
    'traffic of several criticalities, and no admission anywhere that sheds the lowest first',
  why: 'in an overload the least important requests push the most important ones out',
  sources: ['https://sre.google/sre-book/handling-overload/'],
  remedy: 'Add `admission: {}` to the service that the traffic comes to.',
  needs: ['the traffic of a seaworthy.yaml, and its admission'],
  *decide({ models }) {
    for (const { model, position } of models) {
      const classes = new Set(model.sources.flatMap(classesOf));
      const sheds =
        model.services.some(({ admission }) => admission !== undefined) ||
        model.edges.some(({ policy }) => policy.admission !== undefined);
      if (classes.size < 2 || sheds) continue;
      const at = position(['traffic']);
      const names = [...classes].toSorted((a, b) => a - b).map((it) => criticalityNames[it]!);
      yield finding(model.name, {
        what: `its traffic is ${names.join(' and ')}, and no service sheds one before the other`,
        numbers: [text('criticalities', { value: names.join(', '), origin: at })],
        passes: 'admission at a service or an edge',
        at,
      });
    }
  },
};

/** The numbers of the classes that have a share in it. */
function classesOf({ criticality }: Source): readonly number[] {
  return criticality.flatMap((share, index) => (share > 0 ? [index] : []));
}
