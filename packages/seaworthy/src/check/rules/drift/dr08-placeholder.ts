import type { Landscape, Variable } from '../../../model/import/landscape.ts';
import { finding } from '../../decide.ts';
import { hostOf } from '../../drift/shared-name.ts';
import { isProduction, type VariableSet, variableSets } from '../../drift/variables.ts';
import type { Rule } from '../../rule.ts';

/** Words that samples have where a value belongs, alone or in a longer text. */
const emptyWord = /^(<[^>]+>|\[[^\]]+\]|x{3,}|\.{3}|tbd|dummy|foo|bar|foobar|to-?do|fix-?me)$/i;
const hint = /change[-_ ]?me|replace[-_ ]?me|your[-_ ][\w-]+[-_ ]here|^your[-_]|placeholder/i;

/** Reserved for documentation (RFC 2606, RFC 5737): nobody answers there. */
const documentation =
  /(^|\.)example(\.(com|org|net))?$|^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?)$/;

export const dr08: Rule = {
  id: 'DR08',
  name: 'production has a placeholder or a test value',
  severity: 'critical',
  formula:
    'in production, a variable has a placeholder, a name that is reserved for documentation, ' +
    'localhost in a container of its own, or the key of a test mode',
  why: 'it works until the path is taken that uses it, and that is first taken under load or by a payment',
  sources: [
    'https://www.rfc-editor.org/rfc/rfc2606',
    'https://www.rfc-editor.org/rfc/rfc5737',
    'https://docs.stripe.com/keys',
  ],
  remedy: 'Set the value of production, and have the start fail where it is missing.',
  needs: ['environment variables that are known to be those of production'],
  *decide(landscape) {
    for (const set of variableSets(landscape)) {
      if (!isProduction(set, landscape)) continue;
      for (const variable of set.variables) {
        const why = problemOf(variable, set, landscape);
        if (why === undefined || variable.value === undefined) continue;
        const { name, value, at } = variable;
        yield finding(`${set.subject} ${name}`, {
          what: `${name} is ${why} in production`,
          numbers: [{ name, value: value.value, unit: 'text', origin: value.origin }],
          passes: `the value of production, or no ${name} at all`,
          at,
        });
      }
    }
  },
};

function problemOf(
  { value }: Variable,
  { hasCompany }: VariableSet,
  { workloads }: Landscape,
): string | undefined {
  const text = value?.value.trim() ?? '';
  if (text.startsWith('(test secret ')) return 'the key of a test mode';
  if (emptyWord.test(text) || hint.test(text)) return 'a placeholder';
  const host = hostOf(text) ?? '';
  if (!isAddress(text)) return undefined;
  if (documentation.test(host)) return 'a name that is reserved for documentation';
  // In a pod, localhost is another container of it; without a workload, it may be the machine.
  if (!hasCompany && workloads.length > 0 && loopback.test(host)) return 'localhost';
  return undefined;
}

/** A name alone may be anything. */
function isAddress(text: string): boolean {
  return /:\/\/|^[\w.-]+:\d+$|^(localhost|127\.0\.0\.1)$/.test(text);
}
