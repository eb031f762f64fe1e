import { z } from 'zod';
import type { Model } from './model.ts';
import { call } from './schema/calls.ts';
import { file } from './schema/file.ts';
import { scalarText } from './scalar-text.ts';
import { keyNotes, shortFor, wordFor } from './schema/notes.ts';
import { meantOption, options, unwrap } from './schema/walk.ts';
import type { Located, LocatedMap, Place } from './source/located.ts';
import type { Source } from './source/source.ts';

type Schema = z.core.$ZodType;

/** Where an effective value comes from. */
export type Origin =
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  /** An overlay, and where it stands. */
  | {
      readonly kind: 'environment';
      readonly environment: string;
      readonly file: string;
      readonly line: number;
    }
  | { readonly kind: 'default' };

/**
 * The whole effective model in the words of the file, defaults included, with the origin of each
 * value.
 */
export type EffectiveTree =
  | {
      readonly kind: 'value';
      /** As one would write it; `none` or a sentence part for what is absent. */
      readonly text: string;
      readonly origin: Origin;
    }
  | { readonly kind: 'list'; readonly items: readonly EffectiveTree[]; readonly origin: Origin }
  | {
      readonly kind: 'map';
      readonly entries: readonly { readonly key: string; readonly value: EffectiveTree }[];
      readonly origin: Origin;
    };

/**
 * Every key of the format with its effective value. `root`: the file with its overlay applied;
 * without problems.
 */
export function effectiveTree(root: LocatedMap, model: Model, source: Source): EffectiveTree {
  const builder = new Builder(source);
  const shape: Record<string, Schema> = file.shape;
  const topKeys = new Set(root.entries.keys());
  const entries = Object.keys(shape)
    // The overlay is applied, and says nothing any more.
    .filter((key) => key !== 'environments')
    .map((key) => {
      const node = root.entries.get(key)?.value;
      const isCalls = key === 'calls';
      return {
        key,
        value: isCalls ? builder.calls(node, model) : builder.key(shape[key]!, node, topKeys),
      };
    });
  return { kind: 'map', entries, origin: builder.origin(root) };
}

/** Where defaults stand. */
const nowhere: Place = { offset: -1, length: 0 };

class Builder {
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  origin(node: Located): Origin {
    if (node.at === nowhere) return { kind: 'default' };
    const { fileName } = this.source;
    const { line } = this.source.position(node.at.offset);
    if (node.environment === undefined) return { kind: 'file', file: fileName, line };
    return { kind: 'environment', environment: node.environment, file: fileName, line };
  }

  /** Every edge has a policy, whether the file says something about it or not. */
  calls(node: Located | undefined, model: Model): EffectiveTree {
    const entries = model.edges.map((edge) => {
      const entry = node?.kind === 'map' ? node.entries.get(edge.name)?.value : undefined;
      return { key: edge.name, value: this.value(call, entry ?? byDefault({})) };
    });
    return { kind: 'map', entries, origin: node ? this.origin(node) : { kind: 'default' } };
  }

  /** The value of a key that may be absent. */
  key(schema: Schema, node: Located | undefined, beside: ReadonlySet<string>): EffectiveTree {
    const { byDefault: preset } = unwrap(schema);
    if (node === undefined && preset === undefined) {
      const notes = keyNotes.get(schema as z.ZodType);
      const text = notes?.absentBeside?.((key) => beside.has(key)) ?? notes?.absent ?? 'none';
      return { kind: 'value', text, origin: { kind: 'default' } };
    }
    return this.value(schema, node ?? byDefault(preset));
  }

  private value(schema: Schema, node: Located): EffectiveTree {
    const word = wordFor.get(unwrap(schema).schema as z.ZodType)?.word;
    if (node.kind === 'scalar' && word === node.text) {
      return this.value(schema, { ...node, kind: 'map', entries: new Map() });
    }
    const short = shortFor.get(unwrap(schema).schema as z.ZodType)?.key;
    if (short !== undefined && node.kind === 'scalar') {
      const entries = new Map([[short, { keyAt: node.at, value: node }]]);
      return this.value(schema, { ...node, kind: 'map', entries });
    }
    const choices = options(schema);
    const meant = choices[meantOption(choices, node)];
    const chosen = meant === undefined ? undefined : unwrap(meant).schema;
    if (chosen instanceof z.ZodUnion) return this.value(chosen, node);
    const origin = this.origin(node);
    if (node.kind === 'scalar') {
      return { kind: 'value', text: scalarText(node.value, node.text), origin };
    }
    if (node.kind === 'list') {
      const items = node.items.map((item, index) => this.value(itemSchema(chosen, index), item));
      return { kind: 'list', items, origin };
    }
    return { kind: 'map', entries: this.entries(chosen, node), origin };
  }

  private entries(schema: Schema | undefined, node: LocatedMap) {
    if (schema instanceof z.ZodObject) {
      const shape: Record<string, Schema> = schema.def.shape;
      const beside = new Set(node.entries.keys());
      return Object.entries(shape).map(([key, inner]) => ({
        key,
        value: this.key(inner, node.entries.get(key)?.value, beside),
      }));
    }
    const inner = schema instanceof z.ZodRecord ? schema.def.valueType : anything;
    return [...node.entries].map(([key, entry]) => ({
      key,
      value: this.value(inner, entry.value),
    }));
  }
}

const anything = z.unknown();

function itemSchema(list: Schema | undefined, index: number): Schema {
  if (list instanceof z.ZodArray) return list.def.element;
  if (list instanceof z.ZodTuple) return list.def.items[index] ?? anything;
  return anything;
}

/** A default of the schema as if it stood in a file, nowhere. */
function byDefault(value: unknown): Located {
  const stands = { at: nowhere, environment: undefined };
  if (Array.isArray(value)) return { ...stands, kind: 'list', items: value.map(byDefault) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => {
      return [key, { keyAt: nowhere, value: byDefault(inner) }] as const;
    });
    return { ...stands, kind: 'map', entries: new Map(entries) };
  }
  const scalar = value as string | number | boolean | null;
  return { ...stands, kind: 'scalar', value: scalar, text: String(scalar) };
}
