import type { Setting } from '../../../model/import/landscape.ts';
import type { Model, Subject } from '../../../model/model.ts';
import { durationText, numberText } from '../../../model/quantity-text.ts';
import { finding, lacks } from '../../decide.ts';
import { count, duration, rate } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { callerOf } from '../../traffic/model-services.ts';
import { rateInput, Traffic } from '../../traffic/traffic.ts';

/** Samples beyond a quantile that it takes to know the quantile to within a third. */
const samplesBeyond = 10;

export const ob06: Rule = {
  id: 'OB06',
  name: 'a percentile of too few samples',
  severity: 'medium',
  formula: 'calls in the run < 10 / (1 - quantile)',
  why: 'what is judged is the luck of a handful of requests: it passes today and fails tomorrow',
  sources: ['https://sre.google/workbook/implementing-slos/'],
  remedy: 'Run longer, or judge a lower percentile.',
  needs: ['an objective with a percentile', 'how long the run is', 'the rate of its subject'],
  *decide(landscape) {
    const traffic = new Traffic(landscape);
    for (const { model, position } of landscape.models) {
      const { forMs, warmUpMs } = model.run;
      for (const [index, objective] of model.objectives.entries()) {
        const { measure, subject } = objective;
        if (measure.kind !== 'latency' || measure.statistic !== 'quantile') continue;
        const calls = callsOf(traffic, model, subject);
        if (forMs === undefined || calls === 'none') continue;
        const at = position(['objectives', index]);
        const name = `p${Number((measure.quantile * 100).toPrecision(8))}`;
        if (calls === undefined) {
          yield lacks(`objective ${index + 1} of ${model.name}`, rateInput);
          continue;
        }
        const samples = (calls.value * (forMs - warmUpMs)) / 1000;
        const needed = samplesBeyond / (1 - measure.quantile);
        if (samples >= needed) continue;
        yield finding(`objective ${index + 1} of ${model.name}`, {
          what:
            `${name} is judged from ${numberText(Math.floor(samples))} calls, of which ` +
            `${numberText(samples * (1 - measure.quantile))} are beyond it`,
          numbers: [
            rate('calls', calls),
            duration('run', { value: forMs, origin: position(['run', 'for']) }),
            count('calls that are needed', { value: Math.ceil(needed), origin: at }),
          ],
          passes: `a run of ${durationText((needed / calls.value) * 1000 + warmUpMs)}`,
          at,
        });
      }
    }
  },
};

/** The calls that an objective is about; `none` where it is about something else. */
function callsOf(
  traffic: Traffic,
  model: Model,
  subject: Subject,
): Setting<number> | 'none' | undefined {
  const over = (index: number): Setting<number> | undefined => {
    const edge = model.edges[index]!;
    return traffic.over({ from: callerOf(model, edge), to: model.services[edge.to]!.name });
  };
  switch (subject.kind) {
    case 'service':
      return traffic.into(model.services[subject.index]!.name);
    case 'edge':
      return over(subject.index);
    case 'source':
      return over(model.sources[subject.index]!.edge);
    case 'queue':
    case 'rows':
    case 'system':
      return 'none';
  }
}
