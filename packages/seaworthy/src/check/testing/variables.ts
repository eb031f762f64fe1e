import type { Landscape, Variable } from '../../model/import/landscape.ts';
import { Secrets } from '../../model/import/secrets.ts';
import { modelLandscape } from './landscape.ts';
import { shop } from './shop.ts';

/** Always the same, so that markers are the same in snapshots. */
const secrets = new Secrets(new Uint8Array(32));

/** A dotenv file with these lines: `NAME=value`. */
export function variablesLandscape(
  text: string,
  environment?: string,
  rest: Partial<Landscape> = {},
): Landscape {
  const file = environment === undefined ? '.env' : `.env.${environment}`;
  const variables = text.split('\n').flatMap((line, index): readonly Variable[] => {
    const [name = '', value = ''] = line.split(/=(.*)/s);
    if (name === '') return [];
    const at = { kind: 'file', file, line: index + 1, column: 1 } as const;
    const hidden = secrets.hide(name, value);
    return [{ name, value: { value: hidden.value, origin: at }, secret: hidden.secret, at }];
  });
  const empty = { ...modelLandscape(shop('web -> payments: {}')), models: [], edges: [] };
  return { ...empty, environmentFiles: [{ file, environment, variables }], ...rest };
}
