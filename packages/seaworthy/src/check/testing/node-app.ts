import type { Landscape, Pool } from '../../model/import/landscape.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

interface NodeApp {
  /** Variables of web. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Its packages, with exact versions. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Further keys of db in compose. */
  readonly db?: string;
  /** Further keys of web in compose. */
  readonly web?: string;
  /** Further services, a line each. */
  readonly services?: string;
  /** Further files. */
  readonly files?: Readonly<Record<string, string>>;
}

/** web, built from a package.json, beside a PostgreSQL named db and a Redis named cache. */
export function nodeApp(app: NodeApp): Landscape {
  const { environment = {}, packages = {}, db = '', web = '', services = '', files = {} } = app;
  const variables = Object.entries(environment).map(([name, value]) => `${name}: "${value}"`);
  return folderLandscape({
    'compose.yaml': `services:
  db: { image: postgres:16.3, ${db} }
  cache: { image: redis:7.4 }
  web:
    build: ./web
    environment: { ${variables.join(', ')} }
    ${web}
  ${services}
`,
    'web/package.json': JSON.stringify({
      name: 'web',
      engines: { node: '22.3.0' },
      dependencies: packages,
    }),
    ...files,
  });
}

/** With another pool like its own, but for this. */
export function withSecondPool(landscape: Landscape, rest: Partial<Pool>): Landscape {
  return { ...landscape, pools: landscape.pools.flatMap((own) => [own, { ...own, ...rest }]) };
}
