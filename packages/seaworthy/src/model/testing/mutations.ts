import * as fc from 'fast-check';

/** What does not belong there: wrong types, missing units, huge numbers, hostile names. */
const intruders = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 0.1, 5, '', 'web', 'unlimited', [], {}, [[]]),
  fc.constantFrom<unknown>(
    '1e9s',
    '-5ms',
    '5 ms',
    '900%',
    '0/s',
    '99999999/s',
    '0x',
    '10d',
    'none',
  ),
  fc.constantFrom<unknown>('s0 -> s1', 's0 -> s0', 's0 p99 <', '5', '.inf', '\u0007', '2 -> -> 3'),
  fc.string(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);
const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', ' ', '<<', 'budgett', 's0', '->'),
  fc.string({ maxLength: 10 }),
);

type Change = 'replace' | 'delete' | 'rename' | 'add' | 'double';
const changes = fc.constantFrom<Change>('replace', 'delete', 'rename', 'add', 'double');

interface Mutation {
  readonly change: Change;
  /** Which of the places of the file, as a share of their number. */
  readonly place: number;
  readonly intruder: unknown;
  readonly name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  change: changes,
  place: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  intruder: intruders,
  name: names,
});

/** A valid file with one to three places broken. */
export function mutations(file: object): fc.Arbitrary<unknown> {
  return fc.array(mutation, { minLength: 1, maxLength: 3 }).map((list) => {
    const broken: unknown = JSON.parse(JSON.stringify(file));
    for (const it of list) apply(broken, it);
    return broken;
  });
}

type Holder = Record<string, unknown> | unknown[];

function apply(root: unknown, { change, place, intruder, name }: Mutation): void {
  const all = placesIn(root);
  const chosen = all[Math.floor(place * all.length)];
  if (chosen === undefined) return;
  const { holder, key } = chosen;
  const value = get(holder, key);
  if (change === 'replace') set(holder, key, intruder);
  else if (change === 'double') set(holder, key, [value, value]);
  else if (change === 'add') set(holder, Array.isArray(holder) ? holder.length : name, intruder);
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else {
    delete holder[String(key)];
    if (change === 'rename') set(holder, name, value);
  }
}

function placesIn(value: unknown): { holder: Holder; key: string | number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  const keys = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => [{ holder, key }, ...placesIn(get(holder, key))]);
}

function get(holder: Holder, key: string | number): unknown {
  return Array.isArray(holder) ? holder[Number(key)] : holder[String(key)];
}

/** As an own key, whatever its name. */
function set(holder: Holder, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
