import { serviceEdit } from '../../../model/edit/edits.ts';
import { durationText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { edgeName } from '../../edges/edge.ts';
import { attemptPatience } from '../../edges/worst-case.ts';
import { count, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { modelOrigin, modelServices } from '../../traffic/model-services.ts';

export const pq06: Rule = {
  id: 'PQ06',
  name: 'a queue whose end is dead',
  severity: 'high',
  formula: 'requests that may wait > timeout of the most patient caller x capacity of a replica',
  why:
    'what waits at its end is answered after its caller has gone: in an overload the service works ' +
    'for nobody, and stays that way after the trigger has gone',
  sources: [
    'https://sre.google/sre-book/addressing-cascading-failures/',
    'https://queue.acm.org/detail.cfm?id=2209336',
  ],
  remedy:
    'Bound the queue by what is answered in time, or drop by age (`order: codel`, `maxWait`).',
  needs: ['the queue of a service', 'its capacity', 'the timeouts of its callers'],
  *decide(landscape) {
    for (const { file, service } of modelServices(landscape)) {
      const { name, queue, replicas } = service;
      const capacity = capacityOf(landscape, name);
      const isBounded = queue.order === 'codel' || queue.maxWaitMs !== undefined;
      const slots = replicas.some(({ concurrency }) => concurrency < Infinity);
      if (capacity === undefined || isBounded || !slots) continue;
      const callers = landscape.edges.filter(({ to }) => to === name);
      const patiences = callers.map((edge) => ({ edge, ...attemptPatience(edge) }));
      const patient = patiences.toSorted((a, b) => b.ms - a.ms)[0];
      if (patient === undefined || patient.ms === Infinity) continue;
      const perReplica = capacity.value / replicas.length;
      const inTime = Math.floor((perReplica * patient.ms) / 1000);
      if (queue.limit <= inTime) continue;
      const path = ['services', name, 'queue', 'limit'];
      const origin = modelOrigin(file, path);
      yield finding(name, {
        what:
          `${queue.limit === Infinity ? 'any number of' : queue.limit} requests may wait at a replica, ` +
          `and ${inTime} of them are answered within the ${durationText(patient.ms)} that ` +
          `${patient.edge.from} waits`,
        numbers: [
          count(`queue of ${name}`, { value: queue.limit, origin }),
          rate(`capacity of ${name}`, capacity),
          ...patient.numbers,
        ],
        passes: `a limit of ${inTime}, or order: codel (${edgeName(patient.edge)} is the most patient)`,
        proposed: [serviceEdit(name, 'queue.limit', inTime)],
        at: file.position(path),
      });
    }
  },
};
