import type { Source } from '../../source/source.ts';
import type { FileOrigin, Setting } from '../landscape.ts';

/** `key = value` lines, by section; keys in lower case. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, Setting<string>>>;

/** The ini files of PgBouncer and PostgreSQL. Comments begin with `#` or `;`. */
export function readIni(source: Source): Sections {
  const sections = new Map<string, Map<string, Setting<string>>>();
  let section = new Map<string, Setting<string>>();
  sections.set('', section);
  for (const match of source.text.matchAll(/^[ \t]*([^\s#;][^\r\n]*)$/gm)) {
    const text = match[1]!;
    const header = /^\[([^\]]*)\]/.exec(text);
    if (header !== null) {
      section = sections.get(header[1]!.toLowerCase()) ?? new Map<string, Setting<string>>();
      sections.set(header[1]!.toLowerCase(), section);
      continue;
    }
    // PostgreSQL needs no sign between name and value.
    const entry = /^([^\s=]+)\s*(?:=\s*|\s)(.*)$/.exec(text);
    if (entry === null) continue;
    const offset = match.index + match[0].indexOf(text);
    const origin: FileOrigin = {
      kind: 'file',
      file: source.fileName,
      ...source.position(offset),
    };
    section.set(entry[1]!.toLowerCase(), { value: plain(entry[2]!), origin });
  }
  return sections;
}

function plain(text: string): string {
  const quoted = /^'((?:[^']|'')*)'/.exec(text.trim());
  return quoted === null ? text.replace(/\s+[#;].*$/, '').trim() : quoted[1]!.replace(/''/g, "'");
}
