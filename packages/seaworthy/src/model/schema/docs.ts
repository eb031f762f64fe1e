import { z } from 'zod';
import { file } from './file.ts';
import { headings, keyNotes } from './notes.ts';
import { keysOf, options, unwrap, valueNotesOf } from './walk.ts';

type Schema = z.core.$ZodType;

interface Section {
  readonly title: string;
  readonly schema: Schema;
}

const intro = `# The file

A model is a YAML or JSON file. \`seaworthy init\` writes a first one, \`seaworthy explain\` prints
the effective one: every key with its value and where that comes from. An unknown key is an error.

- Durations: \`ns\`, \`us\`, \`ms\`, \`s\`, \`m\`, \`h\`, \`d\`, such as \`800ms\`. Rates: \`300/s\`,
  \`/m\`, \`/h\`. Shares: \`10%\`. Factors: \`2x\`. A number without its unit is an error.
- Names: a letter, then letters, digits, \`-\`, \`_\` or \`.\`. Services and sources share one set
  of names. An edge is written \`caller -> callee\`; a caller is a service or a source.
- Anchors and aliases work; tags and merge keys (\`<<\`) do not.
- An overlay under \`environments\` is merged over the file key by key. Lists and single values are
  replaced; \`null\` deletes a key.
- Limits: 500 000 characters, 1000 services, 10 000 edges, 100 000 replicas in all.

This page is generated from the schema. Editors complete the file with
\`packages/seaworthy/schema/seaworthy.schema.json\`: put
\`# yaml-language-server: $schema=<path>\` on the first line.
`;

const statements = `## Objectives and expectations

An objective is \`<subject> <measure> <comparison> <value>\`, if you like with \`from 60s to 90s\`
behind it, or \`recovers within 30s\`.

- Subjects: a service, an edge (\`web -> payments\`), a source, a message queue, or rows. What
  calls into a service see is counted at its callers, all of them together.
- Latency from the intended start: \`p50\`, \`p99\`, \`p99.9\` (any percentile), \`mean\`, \`max\`.
  Time in queues only: \`wait p99\`, \`wait mean\`, \`wait max\`. From holding a worker slot to
  answering, of services only: \`service p99\`, \`service mean\`, \`service max\`. Durations.
- \`success\`, \`failed\`, \`rejected\`, \`fallback\`: shares of the settled calls; of a source with
  several classes also of one of them: \`critical success\`.
- \`attempts\`: attempts for each task. A number.
- \`offered\`, \`goodput\`, \`throughput\`: rates.
- Of services only: \`in-flight\`, \`queue\`, \`in-system\` (numbers, means over time),
  \`utilisation\` and \`wasted\` (shares).
- Of message queues: \`p50\`, \`mean\` and so on, from publishing to having been processed; \`backlog\`,
  the most messages that waited at once; \`age\`, the oldest message at its oldest; \`redelivered\`,
  \`duplicates\`, \`dead-letters\` (shares); \`offered\`, \`goodput\`.
- Of rows only: \`wait p99\` and so on, for a lock; \`queue\`, those who wait for one; \`conflicts\`,
  the share of writes that came too late.
- Of sources whose users have so many \`tasks\`: \`makespan\`, until the last of them is over.
- Comparisons: \`<\`, \`<=\`, \`>\`, \`>=\`.

An expectation says \`<subject> <measure> = <value>\` with \`within: 3%\` or
\`within: 3 standard errors\`, or \`<subject> <measure>\` with \`between: [20s, 26s]\`.
A value that was measured itself has a \`standardError\`: then it is the difference of the two
values that must be within so many standard errors.

An expectation under \`limits\` is about what \`seaworthy limits\` finds: \`stable up to\` and
\`vulnerable up to\` (rates, or numbers of users), \`fragility\` (a number), \`tips at\` (the
duration of the trigger): \`stable up to = 150/s\` with \`within: 3%\`, or \`tips at\` with
\`between: [3s, 6s]\`.
`;

/** The docs page of the file format, in Markdown as Prettier has it. */
export function docsPage(): string {
  const sections: Section[] = [{ title: 'Top level', schema: file }];
  const pages: string[] = [];
  const seen = new Set<string>();
  // The list grows while it is walked.
  for (const section of sections) {
    if (seen.has(section.title)) continue;
    seen.add(section.title);
    const { text, inner } = page(section);
    pages.push(text);
    sections.push(...inner);
  }
  return [intro, statements, ...pages].join('\n');
}

function page({ title, schema }: Section): { text: string; inner: Section[] } {
  const forms = options(schema).filter((option) => keysOf(option).length > 0);
  const rows: string[][] = [];
  const inner: Section[] = [];
  for (const form of forms) {
    for (const [key, value] of Object.entries(shapeOf(form))) {
      const row = [`\`${key}\``, notesOf(value), valueText(value), defaultText(value)];
      if (!rows.some((it) => it.join() === row.join())) rows.push(row);
      inner.push(...sectionsBelow(value, childTitle(title, key)));
    }
  }
  const list = forms.length > 1 ? `\nOne of:\n\n${forms.map(formText).join('\n')}\n` : '';
  const table = tableText([['Key', 'Meaning', 'Value', 'Default'], ...rows]);
  return { text: `## ${title}\n${list}\n${table}\n`, inner };
}

function childTitle(title: string, key: string): string {
  if (title === 'Top level') return `\`${key}\``;
  const isHeading = !title.endsWith('`');
  return isHeading ? `${title}: \`${key}\`` : `${title.slice(0, -1)}.${key}\``;
}

function shapeOf(schema: Schema): Record<string, Schema> {
  const bare = unwrap(schema).schema;
  return bare instanceof z.ZodObject ? bare.def.shape : {};
}

/** The maps that stand under a key, which get tables of their own. */
function sectionsBelow(schema: Schema, title: string): Section[] {
  const heading = headingOf(schema);
  if (heading !== undefined) return [{ title: heading, schema }];
  const sections: Section[] = [];
  for (const option of options(schema)) {
    const bare = unwrap(option).schema;
    if (bare instanceof z.ZodArray) sections.push(...sectionsBelow(bare.def.element, title));
    if (bare instanceof z.ZodRecord) {
      sections.push(...sectionsBelow(bare.def.valueType, `${title.replace(/`$/, '')}.<name>\``));
    }
  }
  const isMap = options(schema).some((option) => keysOf(option).length > 0);
  return isMap ? [{ title, schema }, ...sections] : sections;
}

function headingOf(schema: Schema): string | undefined {
  const bare = unwrap(schema).schema;
  return (headings.get(schema as z.ZodType) ?? headings.get(bare as z.ZodType))?.heading;
}

function formText(form: Schema): string {
  const keys = Object.entries(shapeOf(form)).map(([key, value]) => {
    const { optional, byDefault } = unwrap(value);
    return optional || byDefault !== undefined ? `${key}?` : key;
  });
  return `- \`{ ${keys.join(', ')} }\``;
}

function notesOf(schema: Schema): string {
  return keyNotes.get(schema as z.ZodType)?.meaning ?? '';
}

function valueText(schema: Schema): string {
  const heading = headingOf(schema);
  if (heading !== undefined)
    return `one of the [${heading.toLowerCase()}](#${heading.toLowerCase()})`;
  const bare = unwrap(schema).schema;
  const notes = valueNotesOf(schema);
  if (notes !== undefined) {
    const range = notes.range === undefined ? '' : ` (${notes.range})`;
    return `${notes.what}${range}, \`${notes.example}\``;
  }
  if (bare instanceof z.ZodUnion) {
    return [...new Set(bare.def.options.map((option: Schema) => valueText(option)))].join('; or ');
  }
  if (bare instanceof z.ZodArray) return `a list: ${valueText(bare.def.element)}`;
  if (bare instanceof z.ZodTuple) return `two of: ${valueText(bare.def.items[0]!)}`;
  if (bare instanceof z.ZodRecord) return 'a map by name';
  return 'a map, below';
}

function defaultText(schema: Schema): string {
  const { byDefault, optional } = unwrap(schema);
  if (byDefault !== undefined) {
    if (Array.isArray(byDefault)) return `\`[${byDefault.join(', ')}]\``;
    return typeof byDefault === 'object'
      ? 'its defaults'
      : `\`${JSON.stringify(byDefault).replaceAll('"', '')}\``;
  }
  return optional ? (keyNotes.get(schema as z.ZodType)?.absent ?? 'none') : 'required';
}

/** Columns are padded as Prettier pads them. */
function tableText(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = escaped[0]!.map((_, column) =>
    Math.max(...escaped.map((row) => row[column]!.length)),
  );
  const lines = escaped.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [lines[0]!, rule, ...lines.slice(1)].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
