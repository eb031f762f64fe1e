import { Composer, Lexer, Parser } from 'yaml';
import type { Document } from 'yaml';
import type { Problems } from '../problems.ts';
import type { Located } from './located.ts';
import { convert } from './convert.ts';
import type { Source } from './source.ts';

/**
 * A model of a thousand services has a few hundred kilobytes; the parser takes up to a second for a megabyte of the
 * worst text, and a file with a problem must be refused within one.
 */
const fileLength = 1_000_000;
/**
 * Open collections of the parser. The deepest useful file has about thirty; the parser recurses over them, and some
 * thousands would overflow its stack.
 */
const openCollections = 200;

/** What a text file has no business with, or what a decoder writes for bytes that are not UTF-8. */
// oxlint-disable-next-line no-control-regex
const binary = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD\uFFFE\uFFFF]/;

/** YAML (and so JSON) to a located tree. Undefined: there are problems. */
export function parse(source: Source, problems: Problems): Located | undefined {
  if (!plausible(source, problems)) return undefined;
  const document = compose(source, problems);
  if (document === undefined) return undefined;
  for (const error of [...document.errors, ...document.warnings]) {
    const [from, to] = error.pos;
    const place = { offset: from, length: Math.max(1, to - from) };
    problems.add(place, [], syntaxMessage(error.code, error.message));
  }
  if (problems.any) return undefined;
  if (document.contents === null) {
    problems.add({ offset: 0, length: 1 }, [], 'the file is empty', 'write "seaworthy: 1" first');
    return undefined;
  }
  return convert(document.contents, problems);
}

function plausible(source: Source, problems: Problems): boolean {
  const { text } = source;
  if (text.length > fileLength) {
    const size = `${(text.length / 1e6).toFixed(1)} million characters`;
    problems.add(
      { offset: 0, length: 1 },
      [],
      `the file is too long: ${size}`,
      'at most 1 million',
    );
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

function compose(source: Source, problems: Problems): Document.Parsed | undefined {
  const parser = new Parser();
  // Equal keys are found by convert.ts: here it would take quadratic time.
  const composer = new Composer({ uniqueKeys: false, version: '1.2' });
  const documents: Document.Parsed[] = [];
  const tokens = [];
  for (const lexeme of new Lexer().lex(source.text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > openCollections) {
      const place = { offset: parser.offset, length: 1 };
      problems.add(place, [], 'nested too deeply');
      return undefined;
    }
  }
  tokens.push(...parser.end());
  documents.push(
    ...(composer.compose(tokens, true, source.text.length) as Iterable<Document.Parsed>),
  );
  const second = documents[1];
  if (second !== undefined) {
    const place = { offset: second.range[0], length: 3 };
    problems.add(place, [], 'a second document', 'one file holds one model');
    return undefined;
  }
  return documents[0];
}

function syntaxMessage(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab indents; YAML wants spaces';
  if (code === 'TAG_RESOLVE_FAILED') return 'a tag; this format has none';
  const first = message.split('\n', 1)[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1);
}
