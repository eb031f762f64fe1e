import type { z } from 'zod';
import { addIssues } from './issues.ts';
import type { Problems } from './problems.ts';
import type { FileEntries } from './schema/file.ts';
import { file } from './schema/file.ts';
import { options, unwrap } from './schema/walk.ts';
import type { FileParts } from './resolve/context.ts';
import type { LocatedMap } from './source/located.ts';
import { child, toPlain } from './source/located.ts';

type Section = keyof typeof file.shape;

/**
 * The sections whose entries are read one by one: a problem in one entry must not hide those of
 * others.
 */
const sectionsOfEntries = ['services', 'queues', 'rows', 'calls', 'traffic', 'scenarios'] as const;

/** The parts of a file that can be read; problems for the others. */
export function readParts(root: LocatedMap, problems: Problems): FileParts {
  const result = file.safeParse(toPlain(root));
  if (result.success) return wholeFile(result.data, root);
  addIssues(result.error.issues, { root, path: [], schema: file }, problems);
  return readablePart(root);
}

function wholeFile(entries: FileEntries, root: LocatedMap): FileParts {
  const names = (section: Section) => namesOf(root, section);
  const map = <T>(section: (typeof sectionsOfEntries)[number], read: Record<string, T>) =>
    new Map(names(section).map((name) => [name, read[name]]));
  return {
    name: entries.name,
    run: entries.run,
    services: map('services', entries.services),
    queues: map('queues', entries.queues),
    rows: map('rows', entries.rows),
    calls: map('calls', entries.calls),
    traffic: map('traffic', entries.traffic),
    scenarios: map('scenarios', entries.scenarios),
    objectives: entries.objectives,
    expectations: entries.expectations,
    limits: entries.limits,
    environments: names('environments'),
  };
}

/** What is right in a file that has problems, so that its references can be checked too. */
function readablePart(root: LocatedMap): FileParts {
  const entries = <T>(section: (typeof sectionsOfEntries)[number]) => {
    const value = valueSchema(section);
    const read = namesOf(root, section).map((name): [string, T | undefined] => {
      const node = child(child(root, section)!, name)!;
      return [name, value.safeParse(toPlain(node)).data as T | undefined];
    });
    return new Map(read);
  };
  const { shape } = file;
  const node = (section: Section) => {
    const found = root.entries.get(section)?.value;
    return found && toPlain(found);
  };
  const items = <T>(section: Section) => {
    const list = unwrap(file.shape[section]).schema as z.ZodArray;
    const found = root.entries.get(section)?.value;
    const nodes = found?.kind === 'list' ? found.items : [];
    return nodes.map((it) => (list.def.element as z.ZodType).safeParse(toPlain(it)).data as T);
  };
  return {
    name: '',
    run: shape.run.safeParse(node('run')).data ?? shape.run.parse({}),
    services: entries('services'),
    queues: entries('queues'),
    rows: entries('rows'),
    calls: entries('calls'),
    traffic: entries('traffic'),
    scenarios: entries('scenarios'),
    objectives: items('objectives'),
    expectations: items('expectations'),
    limits: items('limits'),
    environments: namesOf(root, 'environments'),
  };
}

/** In the order of the file, which plain objects do not keep for names that look like numbers. */
function namesOf(root: LocatedMap, section: Section): readonly string[] {
  const node = root.entries.get(section)?.value;
  return node?.kind === 'map' ? [...node.entries.keys()] : [];
}

function valueSchema(section: Section): z.ZodType {
  const record = unwrap(options(file.shape[section])[0]!).schema as z.ZodRecord;
  return record.def.valueType as z.ZodType;
}
