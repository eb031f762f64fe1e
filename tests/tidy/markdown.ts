import { posix } from 'node:path';
import type { Repository, TextFile } from './repository.ts';

interface Link {
  readonly line: number;
  readonly target: string;
}

/** Links to files or headings that are not there. */
export function deadLinks({ files }: Repository): string[] {
  const paths = new Set(files.flatMap(({ path }) => [path, ...foldersAbove(path)]));
  const pages = new Map(markdown(files).map((page) => [page.path, page]));
  return markdown(files).flatMap((page) =>
    linksOf(page).flatMap(({ line, target }) => {
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page.path : posix.join(posix.dirname(page.path), decodeURI(file));
      const where = `${page.path}:${line} links to ${target}`;
      if (!paths.has(path.replace(/\/$/, ''))) return [`${where}: no such file`];
      const linked = pages.get(path);
      if (anchor === undefined || linked === undefined) return [];
      return anchorsOf(linked).has(anchor) ? [] : [`${where}: no such heading`];
    }),
  );
}

/** Pages of `docs` that neither the README nor an index of the docs names. */
export function unlinkedPages({ files }: Repository): string[] {
  const index = markdown(files).filter(({ path }) => /^(docs\/(.*\/)?)?README\.md$/.test(path));
  const linked = new Set(
    index.flatMap((page) =>
      linksOf(page).map(({ target }) =>
        posix.join(posix.dirname(page.path), target.replace(/#.*/, '')),
      ),
    ),
  );
  return markdown(files)
    .filter(({ path }) => path.startsWith('docs/') && path !== 'docs/README.md')
    .filter(({ path }) => !linked.has(path))
    .map(({ path }) => `${path} is linked neither from README.md nor from a README.md of the docs`);
}

/** Pages that do not begin with their one title. */
export function badTitles({ files }: Repository): string[] {
  return markdown(files)
    .filter((page) => !page.text.startsWith('# ') || titles(page) !== 1)
    .map(({ path }) => `${path} does not begin with its one title ("# ...")`);
}

function titles(page: TextFile): number {
  return prose(page).filter((line) => line.startsWith('# ')).length;
}

function markdown(files: readonly TextFile[]): readonly TextFile[] {
  return files.filter(({ path }) => path.endsWith('.md'));
}

/** The lines of a page, those of code blocks emptied. */
function prose({ text }: TextFile): string[] {
  let inCode = false;
  return text.split('\n').map((line) => {
    const fence = line.trimStart().startsWith('```');
    if (fence) inCode = !inCode;
    return inCode || fence || line.startsWith('    ') ? '' : line;
  });
}

/** Links into the repository: the others may break without a change of ours. */
function linksOf(page: TextFile): Link[] {
  return prose(page).flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => ({ line: index + 1, target: match[1] ?? '' }))
      .filter(({ target }) => !/^[a-z]+:/.test(target)),
  );
}

/** As code hosts derive them from headings: lower case, no punctuation, hyphens for spaces. */
function anchorsOf(page: TextFile): Set<string> {
  const headings = prose(page).filter((line) => /^#+ /.test(line));
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function foldersAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index).join('/') || '.');
}
