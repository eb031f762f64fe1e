import { serviceEdit } from '../../../model/edit/edits.ts';
import { rateText, shareText } from '../../../model/quantity-text.ts';
import { finding, placeOf } from '../../decide.ts';
import { count, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

const mostUsed = 0.9;

export const pq18: Rule = {
  id: 'PQ18',
  name: 'cannot lose a replica',
  severity: 'high',
  formula:
    'peak rate / capacity x replicas / (replicas - 1) > 0.9, where all of them are below 0.8',
  why: 'all is well until one replica goes, in a deploy or with its node, and takes the rest along',
  sources: ['https://aws.amazon.com/builders-library/static-stability-using-availability-zones/'],
  remedy: 'Run as many replicas as the peak needs, and one more.',
  needs: ['the peak rate into a service', 'its replicas, cores, slots and times'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { file, service } of modelServices(landscape)) {
      const { name, replicas } = service;
      const calls = traffic.into(name);
      const capacity = capacityOf(landscape, name);
      const all = replicas.length;
      if (calls === undefined || capacity === undefined || all < 2) continue;
      const used = calls.value / capacity.value;
      const without = (used * all) / (all - 1);
      // With all of them in trouble already it is a matter of PQ17.
      if (without <= mostUsed || used > 0.8) continue;
      const enough = Math.ceil((used * all) / mostUsed) + 1;
      const origin = file.position(['services', name, 'replicas']);
      yield finding(name, {
        what:
          `without one of its ${all} replicas the peak of ${rateText(calls.value)} is ` +
          `${shareText(without)} of what the others can carry`,
        numbers: [
          rate(`peak into ${name}`, calls),
          rate(`capacity of ${name}`, capacity),
          count(`replicas of ${name}`, { value: all, origin }),
        ],
        passes: `${enough} replicas`,
        proposed: [serviceEdit(name, 'replicas', enough)],
        at: placeOf(origin, capacity.origin),
      });
    }
  },
};
