import { count, level, list, object, oneOf, text, wrong } from './json-codec.ts';
import { SCHEMA } from './record-layout.ts';
import type { RunHeader } from './run.ts';

/** What `run.json` says. */
export interface RecordHeader {
  readonly header: RunHeader;
  readonly eventsDropped: number;
  /** What the judge said, as JSON; null as long as nothing was judged. */
  readonly verdict: unknown;
}

export function headerToJson({ header, eventsDropped, verdict }: RecordHeader): unknown {
  return { ...header, eventsDropped, verdict: verdict ?? null };
}

/** @throws RecordError when it is no header, or one of a layout that this version cannot read. */
export function headerFromJson(json: unknown, path: string): RecordHeader {
  const { eventsDropped, verdict, ...fields } = object(json, path);
  const at = (field: string): string => `${path}: ${field}`;
  if (fields['schema'] !== SCHEMA) {
    throw wrong(at('schema'), fields['schema'], `${SCHEMA}, the version that can be read here`);
  }
  const services = names(fields['services'], at('services'));
  const queues = names(fields['queues'], at('queues'));
  const publishers = fields['publishersOfQueue'];
  return {
    header: {
      schema: SCHEMA,
      world: oneOf(fields['world'], ['simulate', 'rehearse'], at('world')),
      engineVersion: text(fields['engineVersion'], at('engineVersion')),
      model: modelFrom(fields['model'], at('model')),
      scenario: text(fields['scenario'], at('scenario')),
      seed: count.fromJson(fields['seed'], at('seed')),
      replication: count.fromJson(fields['replication'], at('replication')),
      durationMs: level.fromJson(fields['durationMs'], at('durationMs')),
      warmUpMs: level.fromJson(fields['warmUpMs'], at('warmUpMs')),
      intervalMs: level.fromJson(fields['intervalMs'], at('intervalMs')),
      services,
      edges: names(fields['edges'], at('edges')),
      sources: names(fields['sources'], at('sources')),
      queues,
      rows: names(fields['rows'], at('rows')),
      ...(publishers !== undefined && {
        publishersOfQueue: publishersFrom(publishers, queues, services, at('publishersOfQueue')),
      }),
      replicasOfService: replicas(fields['replicasOfService'], services, at('replicasOfService')),
      status: oneOf(fields['status'], ['running', 'complete', 'interrupted'], at('status')),
    },
    eventsDropped: count.fromJson(eventsDropped, at('eventsDropped')),
    verdict,
  };
}

function modelFrom(json: unknown, path: string): RunHeader['model'] {
  const { name, hash, environment } = object(json, path);
  return {
    name: text(name, `${path}.name`),
    hash: text(hash, `${path}.hash`),
    environment: environment === undefined ? undefined : text(environment, `${path}.environment`),
  };
}

function names(json: unknown, path: string): readonly string[] {
  return list(json, path).map((name, index) => text(name, `${path}[${index}]`));
}

function publishersFrom(
  json: unknown,
  queues: readonly string[],
  services: readonly string[],
  path: string,
): readonly (readonly string[])[] {
  const lists = list(json, path).map((some, index) =>
    list(some, `${path}[${index}]`).map((name, at) =>
      oneOf(name, services, `${path}[${index}][${at}]`),
    ),
  );
  if (lists.length === queues.length) return lists;
  throw wrong(path, lists, `${queues.length} lists, one a queue`);
}

function replicas(json: unknown, services: readonly string[], path: string): readonly number[] {
  const numbers = list(json, path).map((value, index) =>
    count.fromJson(value, `${path}[${index}]`),
  );
  if (numbers.length === services.length) return numbers;
  throw wrong(path, numbers, `${services.length} numbers, one a service`);
}
