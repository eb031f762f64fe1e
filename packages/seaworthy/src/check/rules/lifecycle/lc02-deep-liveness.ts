import { finding } from '../../decide.ts';
import { text } from '../../evidence.ts';
import type { Rule } from '../../rule.ts';
import { handlerText } from '../../workloads/probe.ts';
import { containersOf } from '../../workloads/workload.ts';

/** Names under which handlers ask what they depend on. `/ready` is readiness by its name. */
const deepWords = new RegExp(
  '(^|[/_.-])(db|database|postgres|mysql|mongo|redis|cache|kafka|' +
    'deps?|dependenc(?:y|ies)|deep|ready|readyz|readiness)([/_.-]|$)',
  'i',
);

export const lc02: Rule = {
  id: 'LC02',
  name: 'liveness that depends on others',
  severity: 'critical',
  formula: 'the path or command of the liveness probe names a dependency, or readiness',
  why:
    'when the dependency fails, all replicas are killed at once, again and again, and cannot start ' +
    'for as long as it is away',
  sources: [
    'https://aws.amazon.com/builders-library/implementing-health-checks/',
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  ],
  remedy:
    'Let liveness ask only whether this process can work at all; what depends on others belongs ' +
    'into readiness.',
  needs: ['the liveness probe of a container'],
  *decide({ workloads }) {
    for (const { container, name } of containersOf(workloads)) {
      const { liveness } = container;
      if (liveness === undefined) continue;
      const { handler } = liveness;
      const asked = deepPart(handlerText(handler.value));
      if (asked === undefined || handler.value.kind !== 'http') continue;
      yield finding(name, {
        what: `liveness asks ${handlerText(handler.value)}, which by its name looks at more than this process`,
        numbers: [
          text('liveness', { ...handler, value: handlerText(handler.value) }),
          text('what it looks at', {
            value: asked,
            origin: { kind: 'guess', why: 'by the name of the path' },
          }),
        ],
        passes: 'a path that asks nothing but the process, such as /live',
        at: liveness.at,
      });
    }
  },
};

function deepPart(target: string): string | undefined {
  return deepWords.exec(target)?.[2];
}
