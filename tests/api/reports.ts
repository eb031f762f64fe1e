import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorMessageCategory,
} from '@microsoft/api-extractor';
import type { ExtractorMessage } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = `${root}node_modules/.cache/api-reports`;

/** What one entry point of a package offers. */
export interface ApiReport {
  /** Where it is kept: `packages/policy/api/fetch.api.md`, `.../index.api.md` for `.`. */
  readonly file: string;
  /** All that is exported, sorted, without what is `@internal`. */
  readonly text: string;
  /** What has no docs comment, each with its file and line. */
  readonly undocumented: readonly string[];
  /** Names of types that are needed to use it and that this entry does not export. */
  readonly forgotten: readonly string[];
  /** What the compiler of the extractor could not make sense of. */
  readonly errors: readonly string[];
}

interface Entry {
  /** Of its package, such as `packages/policy`. */
  readonly folder: string;
  /** What it is imported by. */
  readonly path: string;
  readonly name: string;
  readonly types: string;
}

/**
 * Reads the declarations that the compiler has written. API Extractor brings a compiler of its own
 * (TypeScript 5.9; 7 has no interface for programs yet), and needs nothing else of ours.
 */
export function apiReports(folders: readonly string[]): readonly ApiReport[] {
  const entries = folders.flatMap(entriesOf);
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const configs = entries.map((entry) => configOf(entry, entries));
  // One program for all of them: to make it takes longer than to read it.
  const additionalEntryPoints = entries.map(({ types }) => types);
  const compilerState = CompilerState.create(configs[0]!, { additionalEntryPoints });
  const reports = configs.map((config, index) => report(entries[index]!, config, compilerState));
  rmSync(cache, { recursive: true });
  return reports;
}

interface PackageJson {
  readonly name: string;
  readonly exports: Readonly<Record<string, { readonly types: string }>>;
}

/** The entry points of a package, as its package.json lists them. */
function entriesOf(folder: string): readonly Entry[] {
  const text = readFileSync(`${root}${folder}/package.json`, 'utf8');
  const { name, exports } = JSON.parse(text) as PackageJson;
  return Object.entries(exports).map(([path, { types }]) => ({
    folder,
    path: `${name}${path.slice(1)}`,
    name: path === '.' ? 'index' : path.slice(2),
    types: `${root}${folder}/${types}`,
  }));
}

function configOf({ folder, name, types }: Entry, entries: readonly Entry[]): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: `${root}${folder}`,
      mainEntryPointFilePath: types,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2022', 'dom'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: entries.map((entry) => entry.types),
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportVariants: ['public'],
        reportFolder: cache,
        reportTempFolder: `${cache}/temp`,
      },
      newlineKind: 'lf',
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}${folder}/package.json`,
  });
}

function report(entry: Entry, config: ExtractorConfig, compilerState: CompilerState): ApiReport {
  const { folder, name } = entry;
  const found: Record<'undocumented' | 'forgotten' | 'errors', string[]> = {
    undocumented: [],
    forgotten: [],
    errors: [],
  };
  const messageCallback = (message: ExtractorMessage): void => {
    const { messageId, text, category } = message;
    if (messageId === 'ae-undocumented') found.undocumented.push(`${place(message)} ${text}`);
    if (messageId === 'ae-forgotten-export') found.forgotten.push(/"(.*?)"/.exec(text)![1]!);
    if (category === ExtractorMessageCategory.Compiler)
      found.errors.push(`${place(message)} ${text}`);
    message.handled = true;
  };
  Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
  const written = readFileSync(`${cache}/${name}.public.api.md`, 'utf8');
  return { file: `${folder}/api/${name}.api.md`, text: pageOf(entry, written), ...found };
}

/** A page like the others, with what was written between the fences. */
function pageOf({ path }: Entry, written: string): string {
  const [, declarations] = /^```ts\n(.*)^```$/ms.exec(written)!;
  const how =
    'Written by `npx vitest run tests/api.test.ts --update`, and reviewed when it changes.';
  return `# The public API of \`${path}\`\n\n${how}\n\n\`\`\`ts\n${declarations!.trim()}\n\`\`\`\n`;
}

function place({ sourceFilePath = '', sourceFileLine }: ExtractorMessage): string {
  return `${sourceFilePath.replace(root, '')}:${sourceFileLine}`;
}
