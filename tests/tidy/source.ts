import type { Repository, TextFile } from './repository.ts';

/** A longer file has more than one job. The length of functions is the linter's (70 lines). */
const LINES_MAX = 300;

/** What fits beside a second file on a laptop, and what the formatter is set to. */
const COLUMNS_MAX = 100;

/** An address, or a string of half a line. */
const unbreakable = /https?:|(['"`]).{50,}\1/;

/** What somebody wanted to remove before the commit. */
const leftovers: readonly RegExp[] = [
  /\b(it|test|describe|bench)\.(only|skip|todo)\b/,
  /\b(TODO|FIXME|XXX|HACK)\b/,
  /\bdebugger\b/,
  /@ts-(ignore|nocheck|expect-error)/,
  /(oxfmt|prettier)-ignore/,
];

/** What means something on one machine only. */
const machines: readonly RegExp[] = [
  /registry\.[a-z]+\.(org|com|dev)/,
  /(^|[^.\w])\/(work|home|root|Users|mnt)\//,
  /\.\.\/shared\b/,
];

/** Files with too many lines. */
export function longFiles({ files }: Repository): string[] {
  return code(files)
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > LINES_MAX)
    .map(({ path, lines }) => `${path} has ${lines} lines, of ${LINES_MAX} at most`);
}

/** Lines with too many columns, but for long strings and addresses, which cannot be broken. */
export function longLines({ files }: Repository): string[] {
  return matches(code(files), (line) => line.length > COLUMNS_MAX && !unbreakable.test(line)).map(
    (where) => `${where}: more than ${COLUMNS_MAX} columns`,
  );
}

/** Marks of unfinished work. */
export function unfinished({ files }: Repository): string[] {
  const own = code(files).filter(({ path }) => !isTidy(path));
  return leftovers.flatMap((mark) =>
    matches(own, (line) => mark.test(line)).map((where) => `${where}: a leftover, ${mark}`),
  );
}

/** Names of package registries, and paths of somebody's machine. */
export function machineNames({ files }: Repository): string[] {
  const texts = files.filter(({ path }) => !isTidy(path));
  return machines.flatMap((name) =>
    matches(texts, (line) => name.test(line)).map((where) => `${where}: of one machine, ${name}`),
  );
}

/** Lock files that pin where packages come from, instead of only what they are. */
export function lockedHosts({ files }: Repository): string[] {
  const locks = files.filter(({ path }) => path.endsWith('package-lock.json'));
  return matches(locks, (line) => /"resolved": "https?:/.test(line)).map(
    (where) => `${where}: a host in a lock file; npm install --omit-lockfile-registry-resolved`,
  );
}

/** Dependencies that are another version tomorrow. */
export function looseVersions({ files }: Repository): string[] {
  return files
    .filter(({ path }) => /(^|\/)package\.json$/.test(path))
    .flatMap(({ path, text }) => {
      const { dependencies, devDependencies } = JSON.parse(text) as Manifest;
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${path}: ${name} is ${version}, not one exact version`);
    });
}

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** Folders without anything in them. */
export function emptyFolders({ folders }: Repository): string[] {
  return folders
    .filter(({ entries }) => entries === 0)
    .map(({ path }) => `${path} is empty: a folder that has nothing in it yet does not exist yet`);
}

/** Examples without one of: what fails, what passes, the story. */
export function incompleteExamples({ files }: Repository): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const examples = new Set(
    [...paths]
      .map((path) => /^examples\/[^/]+\//.exec(path)?.[0])
      .filter((path) => path !== undefined),
  );
  return [...examples].flatMap((folder) =>
    ['seaworthy.yaml', 'fixed.yaml', 'README.md']
      .filter((name) => !paths.has(folder + name))
      .map((name) => `${folder} has no ${name}`),
  );
}

/** These tests name what they look for. */
function isTidy(path: string): boolean {
  return path.startsWith('tests/tidy');
}

function code(files: readonly TextFile[]): readonly TextFile[] {
  return files.filter(({ path }) => /\.(tsx?|mjs|css)$/.test(path));
}

function matches(files: readonly TextFile[], isBad: (line: string) => boolean): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (isBad(line) ? [`${path}:${index + 1}`] : [])),
  );
}
