import { serviceEdit } from '../../../model/edit/edits.ts';
import { rateText, shareText } from '../../../model/quantity-text.ts';
import { finding } from '../../decide.ts';
import { rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { capacityOf } from '../../traffic/capacity.ts';
import { modelServices } from '../../traffic/model-services.ts';
import { Traffic } from '../../traffic/traffic.ts';

/** Where the wait of an M/M/1 queue is four times the service time, and grows faster and faster. */
const kneeShare = 0.8;

export const pq17: Rule = {
  id: 'PQ17',
  name: 'more traffic than it can carry',
  severity: 'medium',
  formula: 'peak rate / capacity of all replicas: above 0.8 medium, above 1 critical',
  why:
    'near its capacity a service answers slowly for the smallest of reasons, and beyond it the queue ' +
    'grows until something breaks',
  sources: [
    'https://en.wikipedia.org/wiki/M/M/1_queue',
    'https://sre.google/sre-book/handling-overload/',
  ],
  remedy: 'Run more replicas, or let each request cost less; then find the limits by a simulation.',
  needs: ['the peak rate into a service', 'its replicas, cores, slots and times'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { service } of modelServices(landscape)) {
      const { name } = service;
      const calls = traffic.into(name);
      const capacity = capacityOf(landscape, name);
      if (calls === undefined || capacity === undefined) continue;
      const used = calls.value / capacity.value;
      if (used <= kneeShare) continue;
      const enough = Math.ceil((service.replicas.length * used) / kneeShare);
      yield finding(name, {
        severity: used > 1 ? 'critical' : 'medium',
        what:
          `its peak of ${rateText(calls.value)} is ${shareText(used)} of the ` +
          `${rateText(capacity.value)} that its ${service.replicas.length} replicas can carry`,
        numbers: [rate(`peak into ${name}`, calls), rate(`capacity of ${name}`, capacity)],
        passes: `${enough} replicas, or ${rateText(capacity.value * kneeShare)}`,
        proposed: [serviceEdit(name, 'replicas', enough)],
        at: capacity.origin.kind === 'file' ? capacity.origin : undefined,
      });
    }
  },
};
