import type { LibraryUse, RetryingClient, Setting } from '../../../model/import/landscape.ts';
import { finding, lacks } from '../../decide.ts';
import { count, text } from '../../evidence.ts';
import type { Decision, Evidence } from '../../finding.ts';
import type { Rule } from '../../rule.ts';

const source = 'https://github.com/nodejs/undici/blob/main/docs/docs/api/RetryHandler.md';

export const nj07: Rule = {
  id: 'NJ07',
  name: 'retries of undici by their defaults',
  severity: 'medium',
  formula: 'a RetryAgent or RetryHandler without `methods`, or without a `retry` of its own',
  why:
    'five retries after 0.5, 1, 2, 4 and 8 s, to the millisecond the same in all processes, whoever ' +
    'is overloaded; and a PUT or DELETE whose answer was lost is done again',
  sources: [
    source,
    'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  ],
  remedy:
    'Say `maxRetries: 1`, the `methods` that may happen twice, and a `retry` that draws its delay ' +
    'at random; or leave retries to a policy with a budget.',
  needs: ['the code that makes the client', 'the version of undici'],
  *decide({ code, libraries }) {
    for (const use of code) {
      if (use.kind !== 'retrying-client') continue;
      const undici = libraries.find((it) => it.package === 'undici' && it.owner === use.owner);
      const open = ['methods', 'retry'].filter((it) => !use.options.includes(it));
      if (open.length > 0) yield defaultsOf(use, undici, open);
    }
  },
};

function defaultsOf(
  use: RetryingClient,
  undici: LibraryUse | undefined,
  open: readonly string[],
): Decision {
  const { owner, what, at } = use;
  if (undici === undefined) return lacks(owner, 'the version of undici, by a package.json');
  const byDefault = <T>(value: T): Setting<T> => {
    return { value, origin: { kind: 'default', of: undici.who, source } };
  };
  const retries = use.maxRetries ?? (use.options.includes('maxRetries') ? undefined : byDefault(5));
  const again = open.includes('methods');
  const inStep = open.includes('retry');
  const sentences = [
    again ? 'tries PUT and DELETE again as well' : '',
    inStep ? 'waits without jitter' : '',
  ].filter((it) => it !== '');
  const numbers: Evidence[] = [];
  if (retries !== undefined) numbers.push(count(`retries of ${what}`, retries));
  if (again)
    numbers.push(text(`methods of ${what}`, byDefault('GET, HEAD, OPTIONS, PUT, DELETE, TRACE')));
  if (inStep) numbers.push(text(`jitter of ${what}`, byDefault('none')));
  return finding(owner, {
    what: `its ${what} ${sentences.join(', and ')}, because nothing says otherwise`,
    numbers,
    passes: open.map((it) => `\`${it}\``).join(' and ') + ' among its options',
    at,
  });
}
