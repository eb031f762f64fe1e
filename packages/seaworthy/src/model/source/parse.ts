import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document, ErrorCode, Range } from 'yaml';
import type { Problems } from '../problems.ts';
import type { Located, Place } from './located.ts';
import { convert } from './convert.ts';
import type { Source } from './source.ts';

/**
 * A model of a thousand services has half of this. The parser takes up to a second for the worst
 * text of this size, and a file with a problem must be refused within one.
 */
const mostCharacters = 500_000;
/** Words, brackets and blanks: what the time of the parser depends on. */
const mostLexemes = 200_000;
/**
 * Open collections of the parser. The deepest useful file has about thirty; the parser recurses
 * over them, and some thousands would overflow its stack.
 */
const openCollections = 200;

/** What a text file has no business with, or what a decoder writes for bytes that are not UTF-8. */
// oxlint-disable-next-line no-control-regex
const binary = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD\uFFFE\uFFFF]/;

/** What of a file is read. */
interface Allowed {
  readonly characters: number;
  readonly lexemes: number;
  /** Tags are passed over, as in `ports: !override [...]`: other tools have some. */
  readonly tags: boolean;
}

const inModels: Allowed = { characters: mostCharacters, lexemes: mostLexemes, tags: false };

/**
 * YAML (and so JSON) to a located tree. Undefined: there are problems.
 *
 * @param beginning What to write into a file that is empty.
 */
export function parse(source: Source, problems: Problems, beginning: string): Located | undefined {
  const documents = compose(source, problems, inModels);
  if (documents === undefined) return undefined;
  const [first, second] = documents;
  if (second !== undefined) {
    const place = { offset: second.range[0], length: 1 };
    problems.add(place, [], 'a second document', 'a file holds one');
    return undefined;
  }
  if (first === undefined || first.contents === null) {
    problems.add({ offset: 0, length: 1 }, [], 'the file is empty', `write ${beginning}`);
    return undefined;
  }
  return convert(first.contents, problems);
}

/**
 * A file of several documents, as Kubernetes has them; empty ones are left out. Undefined: there
 * are problems.
 */
export function parseAll(
  source: Source,
  problems: Problems,
  allowed: Allowed,
): readonly Located[] | undefined {
  const documents = compose(source, problems, allowed);
  const trees = documents
    ?.filter((it) => it.contents !== null)
    .map((it) => convert(it.contents!, problems));
  return problems.any ? undefined : trees?.filter((it) => it !== undefined);
}

function compose(
  source: Source,
  problems: Problems,
  allowed: Allowed,
): readonly Document.Parsed[] | undefined {
  if (!plausible(source, problems, allowed)) return undefined;
  const tokens = tokenize(source, problems, allowed);
  const documents = tokens && composeTokens(tokens, source, problems, allowed);
  return problems.any ? undefined : documents;
}

function plausible(source: Source, problems: Problems, allowed: Allowed): boolean {
  const { text } = source;
  if (text.length > allowed.characters) {
    const message = `the file is too long: ${text.length} characters`;
    problems.add({ offset: 0, length: 1 }, [], message, `at most ${allowed.characters}`);
    return false;
  }
  const found = text.search(binary);
  if (found >= 0) {
    const place = { offset: found, length: 1 };
    problems.add(place, [], 'this is not a text file in UTF-8', 'write YAML or JSON as text');
    return false;
  }
  return true;
}

function tokenize(source: Source, problems: Problems, allowed: Allowed): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const place = { offset: parser.offset, length: 1 };
    if (parser.stack.length > openCollections) problems.add(place, [], 'nested too deeply');
    if (++lexemes > allowed.lexemes) {
      problems.add(place, [], 'the file is too long', `at most ${allowed.lexemes} words and signs`);
    }
    if (problems.any) return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** What the composer calls with each error and warning. */
type OnError = (where: Where, code: ErrorCode, message: string) => void;
type Where = number | readonly [number, number] | Range | { offset: number; source?: string };

function composeTokens(
  tokens: Iterable<CST.Token>,
  source: Source,
  problems: Problems,
  { tags }: Allowed,
): readonly Document.Parsed[] {
  // Equal keys are found by convert.ts: here it would take quadratic time.
  const composer = new Composer({ uniqueKeys: false, version: '1.2' });
  const onError: OnError = (where, code, message) => {
    if (tags && code === 'TAG_RESOLVE_FAILED') return;
    problems.add(placeOf(where), [], syntaxMessage(code, message));
  };
  // Not a part of its types, but of what it does: a test holds that syntax errors arrive here.
  Reflect.set(composer, 'onError', onError);
  return [...composer.compose(tokens, true, source.text.length)];
}

function placeOf(where: Where): Place {
  if (typeof where === 'number') return { offset: where, length: 1 };
  if ('offset' in where) return { offset: where.offset, length: where.source?.length ?? 1 };
  return { offset: where[0], length: Math.max(1, where[1] - where[0]) };
}

function syntaxMessage(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab indents; YAML wants spaces';
  if (code === 'TAG_RESOLVE_FAILED') return 'a tag; this format has none';
  // What the file has there is no part of it: it may be a secret that nobody quoted.
  const first = (message.split('\n', 1)[0] ?? message).replace(/(characters|sequence):? .*$/, '$1');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
