import { readdirSync, readFileSync } from 'node:fs';

import type { Landscape } from '../../model/import/landscape.ts';
import type { Model } from '../../model/model.ts';

const types = new URL('../../model/import/', import.meta.url);

/** Whether a key may be missing, by the types of a landscape: in all of those that have it. */
const isOptional: ReadonlyMap<string, boolean> = (() => {
  const known = new Map<string, boolean>();
  for (const file of ['landscape.ts', ...readdirSync(new URL('landscape/', types))]) {
    const folder = file === 'landscape.ts' ? types : new URL('landscape/', types);
    const text = readFileSync(new URL(file, folder), 'utf8');
    for (const [, key = '', mark, type = ''] of text.matchAll(
      /^ {2}readonly (\w+)(\??): ([^;]+);/gm,
    )) {
      const isFree = mark === '?' || type.includes('undefined');
      known.set(key, isFree && known.get(key) !== false);
    }
  }
  return known;
})();

/** Of what a layer says, all may be missing. */
const layerKeys = new Set(['who', 'kind', 'at']);

function mayMiss(object: object, key: string): boolean {
  const isLayer = 'who' in object && 'kind' in object;
  return isLayer ? !layerKeys.has(key) : isOptional.get(key) === true;
}

/**
 * The landscape with one thing missing that may be, or one list of it empty, each in turn; or with
 * an end of each call unknown, or a model that says nothing of rates, or of times.
 */
export function* withHoles(landscape: Landscape): Generator<Landscape> {
  for (const [key, value] of Object.entries(landscape)) {
    const emptied: unknown[] = Array.isArray(value) && value.length > 0 ? [[]] : [];
    // A model is no plain data.
    const hollow = key === 'models' ? [] : holesIn(value);
    for (const other of [...emptied, ...hollow]) yield { ...landscape, [key]: other };
  }
  const { edges, models } = landscape;
  for (const end of ['from', 'to']) {
    yield { ...landscape, edges: edges.map((edge) => ({ ...edge, [end]: 'elsewhere' })) };
  }
  for (const hollow of [withoutRates, withoutTimes]) {
    yield { ...landscape, models: models.map((it) => ({ ...it, model: hollow(it.model) })) };
  }
}

/** How often people ask depends on the answers. */
function withoutRates(model: Model): Model {
  const think = { kind: 'constant', valueMs: 1 } as const;
  const arrivals = { kind: 'closed', users: 1, tasks: Infinity, think } as const;
  return { ...model, sources: model.sources.map((source) => ({ ...source, arrivals })) };
}

/** Only calls. */
function withoutTimes(model: Model): Model {
  const services = model.services.map((service) => {
    return { ...service, steps: service.steps.filter(({ kind }) => kind === 'call') };
  });
  return { ...model, services };
}

function* holesIn(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const hollow of holesIn(item)) yield value.with(index, hollow);
    }
  } else if (typeof value === 'object' && value !== null && !('origin' in value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      if (mayMiss(value, key)) yield { ...value, [key]: undefined };
      for (const hollow of holesIn(inner)) yield { ...value, [key]: hollow };
    }
  }
}
