import { z } from 'zod';
import { file } from './file.ts';

/** A JSON Schema, or a part of one. */
type Json = Record<string, unknown>;

/**
 * The JSON Schema of the file, for editors: completion, types and ranges. What only the whole can
 * tell (unknown names, circles, objectives) is checked when the file is read.
 */
export function jsonSchema(): Json {
  const { $schema, ...generated } = z.toJSONSchema(file, { io: 'input' }) as Json;
  const schema: Json = {
    $schema,
    title: 'Seaworthy model',
    description: 'A system, its traffic, its faults and its objectives.',
    ...generated,
  };
  const { seaworthy: _version, environments, ...rest } = schema['properties'] as Json;
  const overlay = { type: 'object', properties: partial(rest), additionalProperties: false };
  (environments as Json)['additionalProperties'] = overlay;
  return schema;
}

/** The same without required keys and defaults, and `null` for every key: as overlays have it. */
function partial(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(partial);
  if (typeof value !== 'object' || value === null) return value;
  const loose: Json = {};
  for (const [word, inner] of Object.entries(value)) {
    if (word === 'required' || word === 'default') continue;
    loose[word] = word === 'properties' ? nullable(inner as Json) : partial(inner);
  }
  return loose;
}

function nullable(properties: Json): Json {
  const loose: Json = {};
  for (const [key, inner] of Object.entries(properties)) {
    const { description, ...rest } = partial(inner) as Json;
    loose[key] = { description, anyOf: [rest, { type: 'null' }] };
  }
  return loose;
}
