/**
 * The library, and policies from the file that was simulated. For Node.
 *
 * @packageDocumentation
 */
import type { CallPolicy, Policy, PolicyOptions, PolicyParts } from '@seaworthy/policy';
import { OptionError, policy as policyOf } from '@seaworthy/policy';
import { callInFile } from './call-policy.ts';
import { readFile } from './read-file.ts';

export type { Problem } from '../model/problem.ts';
export { FileError } from './file-error.ts';
export * from '@seaworthy/policy';

/** Which of the settings in a file hold. */
export interface FileOptions {
  /** The environment whose overlay is applied. Default: none, the file as it stands. */
  readonly env?: string | undefined;
}

/** What a file cannot say: functions, names, where attempts may go. */
export type OwnOptions<F = never> = Omit<PolicyOptions<F>, keyof CallPolicy>;

/** Makes policies, of options as `policy` of `@seaworthy/policy` does, or of a file. */
export interface PolicyMaker {
  /** The same as `policy` of `@seaworthy/policy`. */
  <F = never>(options: PolicyOptions<F>, parts?: PolicyParts): Policy<F>;

  /**
   * Makes the policy of a call in a model file. Read at once, when the process starts: what was
   * simulated is what runs.
   *
   * @param file Its path, or a `file:` URL.
   * @param call As under `calls`: `web -> payments`. One without an entry there has no policies.
   * @param options The environment, and what a file cannot say. `name` is by default the callee;
   * `fallback` must have as many functions as the file has links.
   * @param parts Time and chance, for tests.
   * @throws FileError for a file that is wrong or missing, and for a call that it does not have;
   * OptionError for an option that cannot be used.
   */
  fromFile<F = never>(
    file: string | URL,
    call: string,
    options?: OwnOptions<F> & FileOptions,
    parts?: PolicyParts,
  ): Policy<F>;
}

/** Makes policies, of options or of a file. */
export const policy: PolicyMaker = Object.assign(
  <F = never>(options: PolicyOptions<F>, parts?: PolicyParts) => policyOf(options, parts),
  { fromFile },
);

/**
 * The options of a call in a model file: for `reconfigure`, when the file has changed.
 *
 * @param file Its path, or a `file:` URL.
 * @param call As under `calls`: `web -> payments`.
 * @throws FileError for a file that is wrong or missing, and for a call that it does not have.
 */
export function callPolicyOf(
  file: string | URL,
  call: string,
  options: FileOptions = {},
): CallPolicy {
  return readFile(file, options.env, (read) => callInFile(read, call)).options;
}

function fromFile<F = never>(
  file: string | URL,
  call: string,
  { env, ...own }: OwnOptions<F> & FileOptions = {},
  parts: PolicyParts = {},
): Policy<F> {
  const { options, fallbacks } = readFile(file, env, (read) => callInFile(read, call));
  const { fallback = [] } = own;
  if (fallback.length !== fallbacks) {
    const rule = `the file has ${fallbacks} for this call: give as many functions`;
    throw new OptionError('fallback', fallback, rule);
  }
  for (const name of Object.keys(own)) {
    if (ownNames.includes(name as keyof OwnOptions)) continue;
    const value = (own as Readonly<Record<string, unknown>>)[name];
    throw new OptionError(
      name,
      value,
      `not an option beside a file; there are ${ownNames.join(', ')}`,
    );
  }
  const callee = call.slice(call.indexOf(' -> ') + ' -> '.length);
  return policyOf<F>({ name: callee, ...own, ...options }, parts);
}

const ownNames: readonly (keyof OwnOptions)[] = [
  'name',
  'fallback',
  'judge',
  'endpoints',
  'observer',
  'chaos',
];
