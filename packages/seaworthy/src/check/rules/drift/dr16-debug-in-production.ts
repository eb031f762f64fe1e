import { finding } from '../../decide.ts';
import { isProduction, variableSets } from '../../drift/variables.ts';
import type { Rule } from '../../rule.ts';

export const dr16: Rule = {
  id: 'DR16',
  name: 'production logs or traces everything',
  severity: 'low',
  formula: 'in production, a log level is debug or below, or every request is traced',
  why: 'each request writes many times as much, and under load the writing is what is slow',
  sources: [
    'https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/',
    'https://getpino.io/#/docs/api?id=level-string',
  ],
  remedy: 'Log from info on, and trace a share of the requests.',
  needs: ['environment variables that are known to be those of production'],
  *decide(landscape) {
    for (const set of variableSets(landscape)) {
      if (!isProduction(set, landscape)) continue;
      for (const { name, value, at } of set.variables) {
        const why = value && problemOf(name, value.value.trim());
        if (why === undefined || value === undefined) continue;
        yield finding(`${set.subject} ${name}`, {
          what: `${name} is ${value.value} in production: ${why}`,
          numbers: [{ name, value: value.value, unit: 'text', origin: value.origin }],
          passes: why === 'every request is traced' ? 'a share below 1' : 'info, or above',
          at,
        });
      }
    }
  },
};

function problemOf(name: string, value: string): string | undefined {
  if (
    /(^|_)(LOG|LOGGING)_?LEVEL$/i.test(name) &&
    /^(debug|trace|verbose|silly|all)$/i.test(value)
  ) {
    return 'every step is logged';
  }
  if (name === 'DEBUG' && !/^(0|false|no|off)?$/i.test(value)) return 'every step is logged';
  if (name === 'OTEL_TRACES_SAMPLER' && /^(parentbased_)?always_on$/.test(value)) {
    return 'every request is traced';
  }
  if (/SAMPLE_?RATE$/i.test(name) && Number(value) === 1) return 'every request is traced';
  return undefined;
}
