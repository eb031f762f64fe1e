import { list, object, wrong } from '../signals/json-codec.ts';

/** Reads one kind of value. @throws RecordError that says where it is wrong. */
export type Read<Value> = (json: unknown, path: string) => Value;

type Fields<Value> = { readonly [Field in keyof Value]-?: Read<Value[Field]> };

export function fields<Value extends object>(of: Fields<Value>): Read<Value> {
  const entries = Object.entries(of) as [string, Read<unknown>][];
  return (json, path) => {
    const given = object(json, path);
    return Object.fromEntries(
      entries.map(([field, read]) => [field, read(given[field], `${path}.${field}`)]),
    ) as Value;
  };
}

export function many<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (json, path) => list(json, path).map((each, at) => read(each, `${path}[${at}]`));
}

/** What a JSON text leaves out, or says with null. */
export function perhaps<Value>(read: Read<Value>): Read<Value | undefined> {
  return (json, path) => (json === undefined || json === null ? undefined : read(json, path));
}

export function oneOf<Word extends string>(...words: readonly Word[]): Read<Word> {
  return (json, path) => {
    const word = words.find((known) => known === json);
    if (word === undefined) throw wrong(path, json, words.join(' or '));
    return word;
  };
}

export const number: Read<number> = (json, path) => {
  if (typeof json === 'number') return json;
  throw wrong(path, json, 'a number');
};

/** JSON has no word for what never ends, or never began. */
export const measured: Read<number> = (json, path) =>
  json === null ? Number.NaN : number(json, path);

export const flag: Read<boolean> = (json, path) => {
  if (typeof json === 'boolean') return json;
  throw wrong(path, json, 'true or false');
};
