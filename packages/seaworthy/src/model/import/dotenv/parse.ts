/** One assignment, with the place of its name. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** In UTF-16 code units from the start of the text. */
  readonly offset: number;
  /** Between single quotes nothing is filled in. */
  readonly literal: boolean;
}

/** Quoted over several lines or not, or up to a comment. */
const quoted = [
  `'(?:\\\\'|[^'])*'`,
  `"(?:\\\\"|[^"])*"`,
  '`(?:\\\\`|[^`])*`',
  String.raw`[^#\r\n]*`,
];

/**
 * `NAME=value` lines, with or without `export`. The known parsers tell no positions; the grammar is
 * that of dotenv.
 *
 * @see https://github.com/motdotla/dotenv/blob/master/lib/main.js
 */
const line = new RegExp(
  String.raw`^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*(${quoted.join('|')})?` +
    String.raw`[ \t]*(?:#.*)?$`,
  'gm',
);

export function parseDotenv(text: string): readonly Assignment[] {
  return [...text.matchAll(line)].map((match) => {
    const raw = (match[2] ?? '').trim();
    const quote = /^(['"`])([\s\S]*)\1$/.exec(raw);
    const inside = quote === null ? raw : quote[2]!;
    const value = quote?.[1] === '"' ? inside.replace(/\\n/g, '\n').replace(/\\"/g, '"') : inside;
    const offset = match.index + match[0].indexOf(match[1]!);
    return { name: match[1]!, value, offset, literal: quote?.[1] === "'" };
  });
}
