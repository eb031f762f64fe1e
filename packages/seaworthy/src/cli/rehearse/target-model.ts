import { placeholdersIn } from '../../model/stage.ts';
import { UsageError } from '../usage-error.ts';

/** What the command line says of a system without a file. */
export interface TargetWords {
  readonly target: string;
  /** Each an address, or the name of an environment variable that holds one. */
  readonly dependencies: readonly string[];
  /** What starts the target; empty: it runs already. */
  readonly command: readonly string[];
}

/** The same as a file would say it, and where each dependency is. */
export interface TargetModel {
  readonly text: string;
  readonly service: string;
  readonly dependencies: readonly NamedDependency[];
}

export interface NamedDependency {
  /** As it is called in the model. */
  readonly name: string;
  /** As the user wrote it. */
  readonly written: string;
  readonly host: string;
  readonly port: number;
  /** What names it in the surroundings of the target, such as `DATABASE_URL`. */
  readonly namedBy: readonly string[];
}

const defaultPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'postgres:': 5432,
  'postgresql:': 5432,
  'mysql:': 3306,
  'redis:': 6379,
  'rediss:': 6379,
  'mongodb:': 27_017,
  'amqp:': 5672,
};

const serviceName = 'target';

/**
 * A target and its dependencies as a model, so that it is started and attached to like any other.
 *
 * @param environment of the command line: where variables are looked up
 * @throws UsageError for what is no address, or no variable that holds one.
 */
export function targetModel(
  { target, dependencies, command }: TargetWords,
  environment: Readonly<Record<string, string | undefined>>,
): TargetModel {
  const url = addressOf('--target', target);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`option --target: "${target}" is not http:// or https://`);
  }
  const found = dependencies.map((written) => dependencyOf(written, environment));
  const wiring = wire(found, command, environment);
  const place =
    command.length > 0
      ? { run: { command: wiring.command, env: wiring.variables, port: portOf(url) } }
      : { address: `${url.protocol}//${url.hostname}:${portOf(url)}` };
  const services = {
    [serviceName]: { ...place, steps: found.map(({ name }) => ({ call: name })) },
    ...Object.fromEntries(found.map((it) => [it.name, { address: `${it.host}:${it.port}` }])),
  };
  const request = { path: `${url.pathname}${url.search}` };
  const traffic = { clients: { to: serviceName, rate: '1/s', requests: [request] } };
  return {
    // JSON is YAML.
    text: JSON.stringify({
      seaworthy: 1,
      name: url.host.replace(/[^\w.-]+/g, '-'),
      services,
      traffic,
    }),
    service: serviceName,
    dependencies: found.map((it) => ({ ...it, namedBy: wiring.namedBy(it.name) })),
  };
}

function dependencyOf(
  written: string,
  environment: Readonly<Record<string, string | undefined>>,
): Omit<NamedDependency, 'namedBy'> {
  const isVariable = /^[A-Za-z_]\w*$/.test(written);
  const value = isVariable ? environment[written] : written;
  if (value === undefined) {
    throw new UsageError(
      `option --dependency: the variable ${written} is not set`,
      `set it to the address of the dependency, as the target has it: ${written}=postgres://...`,
    );
  }
  const url = addressOf('--dependency', value, isVariable ? written : undefined);
  const port = portOf(url);
  const name = isVariable ? plainName(written) : `port-${port}`;
  return { name, written, host: url.hostname, port };
}

/** `DATABASE_URL` is about `database`. */
function plainName(variable: string): string {
  const short = variable.replace(/_(URL|URI|ADDR|ADDRESS|HOST|ENDPOINT|DSN)$/i, '').toLowerCase();
  const name = short.replaceAll('_', '-').replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(name) && name !== serviceName ? name : `dependency-${name}`;
}

function addressOf(option: string, text: string, variable?: string): URL {
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `tcp://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url !== undefined && url.hostname !== '' && portOf(url) > 0) return url;
  // What a variable holds may be a secret.
  const what = variable === undefined ? `"${text}"` : `what the variable ${variable} holds`;
  throw new UsageError(
    `option ${option}: ${what} is not an address`,
    'write a URL, such as http://127.0.0.1:3000/',
  );
}

function portOf(url: URL): number {
  return Number(url.port) || (defaultPorts[url.protocol] ?? 0);
}

interface Wiring {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly namedBy: (name: string) => readonly string[];
}

/** Wherever the target is told where a dependency is, it is told of the proxy instead. */
function wire(
  dependencies: readonly Omit<NamedDependency, 'namedBy'>[],
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Wiring {
  const changed = (text: string): string =>
    dependencies.reduce(
      (all, it) =>
        patternsOf(it).reduce((each, where) => each.replaceAll(where, `$1{${it.name}}`), all),
      text,
    );
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || !/^[A-Za-z_]\w*$/.test(name)) continue;
    const text = changed(value);
    if (text !== value) variables[name] = text;
  }
  const words = command.map(changed);
  const namedBy = (name: string): readonly string[] => [
    ...Object.keys(variables).filter((it) => placeholdersIn(variables[it]!).includes(name)),
    ...words.filter((it) => placeholdersIn(it).includes(name)).map(() => 'its arguments'),
  ];
  return { command: words, variables, namedBy };
}

/** Its host and port; and its host alone after a scheme that has this port. */
function patternsOf({ host, port }: { host: string; port: number }): readonly RegExp[] {
  const names = isLoopback(host) ? ['127.0.0.1', 'localhost', '[::1]'] : [host];
  const hosts = names.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  const schemes = Object.keys(defaultPorts).filter((it) => defaultPorts[it] === port);
  return [
    new RegExp(String.raw`(^|[^\w.-])(?:${hosts}):${port}(?!\d)`, 'g'),
    ...schemes.map((it) => {
      return new RegExp(String.raw`(${it}//(?:[^@/\s]*@)?)(?:${hosts})(?![\w.:-])`, 'g');
    }),
  ];
}

function isLoopback(host: string): boolean {
  return /^(127(\.\d+){3}|localhost|\[?::1\]?)$/.test(host);
}
