import { type Codec, list, object, wrong } from './json-codec.ts';

/** One field of a sample in a record; `blank` is how its usual value reads, which is left out. */
export interface Column<Value> extends Codec<Value> {
  readonly blank: unknown;
}

export type Columns<Sample> = { readonly [Field in keyof Sample]-?: Column<Sample[Field]> };

export function column<Value>(codec: Codec<Value>, blank: unknown): Column<Value> {
  return { ...codec, blank };
}

/**
 * Samples field by field: `{ "offered": [3000, 1000], "succeeded": [2990, 1000] }`. A field that is
 * blank in all of them is left out. So names come once a line, and equal things are neighbours.
 */
export function toColumns<Sample extends object>(
  samples: readonly Sample[],
  columns: Columns<Sample>,
): Readonly<Record<string, unknown>> {
  const json: Record<string, unknown> = {};
  for (const field of fieldsOf(columns)) {
    const { blank } = columns[field];
    const values = samples.map((sample) => columns[field].toJson(sample[field]));
    if (values.some((value) => value !== blank)) json[field] = values;
  }
  return json;
}

/**
 * Back from {@link toColumns}.
 *
 * @throws RecordError when it is not such an object of lists of `length` values each.
 */
export function fromColumns<Sample extends object>(
  json: unknown,
  columns: Columns<Sample>,
  length: number,
  path: string,
): readonly Sample[] {
  const lists = object(json, path);
  const fields = fieldsOf(columns);
  for (const name of Object.keys(lists)) {
    if (!Object.hasOwn(columns, name)) throw wrong(path, name, `one of ${fields.join(', ')}`);
  }
  const samples = Array.from({ length }, (): Partial<Sample> => ({}));
  for (const field of fields) {
    const values = Object.hasOwn(lists, field) ? list(lists[field], `${path}.${field}`) : undefined;
    if (values !== undefined && values.length !== length) {
      throw wrong(`${path}.${field}`, values, `${length} values`);
    }
    samples.forEach((sample, index) => {
      const value = values === undefined ? columns[field].blank : values[index];
      sample[field] = columns[field].fromJson(value, `${path}.${field}[${index}]`);
    });
  }
  // Each field has been set: `columns` has them all.
  return samples as Sample[];
}

function fieldsOf<Sample>(columns: Columns<Sample>): readonly (keyof Sample & string)[] {
  return Object.keys(columns) as (keyof Sample & string)[];
}
