import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readLandscape } from './read-landscape.ts';
import { Secrets } from './secrets.ts';
import { modelText } from './write/model-text.ts';

const secret = 'Tr0ub4dor-3xQ9z';
const encoded = Buffer.from(secret).toString('base64');

/** Each place in which people keep secrets. */
const files: Readonly<Record<string, string>> = {
  '.env': `PASS=${secret}\nDB=postgres://me:${secret}@db:5432/shop\nFREE=${secret}\n`,
  '.env.production': `STRIPE_KEY='${secret}'\nDSN="host=db password=${secret}"\n`,
  'compose.yaml': `services:
  web:
    image: web:1
    command: [node, main.js, --db-password=${secret}]
    environment:
      - API_TOKEN=${secret}
      - DATABASE_URL=\${DB}
      - REDIS_URL=redis://:${secret}@cache:6379
  db: { image: 'postgres:17', environment: { POSTGRES_PASSWORD: '\${PASS}' } }
  cache: { image: 'redis:8', command: redis-server --requirepass ${secret} }
`,
  'k8s/secret.yaml': `apiVersion: v1
kind: Secret
metadata: { name: keys }
data: { anything: ${encoded} }
stringData: { other: ${secret} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  template:
    spec:
      containers:
        - name: api
          image: api:1
          envFrom: [{ secretRef: { name: keys } }]
          env:
            - { name: JWT_SECRET, value: ${secret} }
            - { name: WEB_URL, value: 'http://me:${secret}@web:80' }
            - { name: HARMLESS, valueFrom: { secretKeyRef: { name: keys, key: other } } }
          readinessProbe:
            httpGet: { path: /, port: 1, httpHeaders: [{ name: Authorization, value: ${secret} }] }
`,
  'pgbouncer.ini': `[databases]\nshop = host=db password=${secret}\n[pgbouncer]\nauth_query = ${secret}\n`,
  'broken/compose.yaml': `services:\n  a: { environment: { TOKEN: "${secret} }\n  image: x\n`,
  'src/main.js': `const pool = new Pool({ password: '${secret}', max: 5 });\nprocess.env.X;\n`,
};

function read(key: number) {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-secrets-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      // An unknown key with the value of a secret is the user's own risk, but for this test.
      writeFileSync(join(folder, name), text.replace(`FREE=${secret}\n`, ''));
    }
    return readLandscape(folder, new Secrets(new Uint8Array(32).fill(key)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('secrets', () => {
  it('are held in no landscape, and written into no model', () => {
    const landscape = read(1);
    const text = JSON.stringify(landscape) + modelText(landscape, 'shop')!;
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encoded);
    // Nothing was passed over: the files were read.
    expect(landscape.read.map(({ as }) => as)).toEqual(
      expect.arrayContaining(['dotenv', 'compose', 'Kubernetes', 'PgBouncer', 'source code']),
    );
    expect(landscape.edges.map(({ from, to }) => `${from} -> ${to}`)).toEqual(
      expect.arrayContaining(['web -> db', 'web -> cache', 'api -> web']),
    );
  });

  it('that are equal are known as equal, within one process and no further', () => {
    const values = (key: number) =>
      read(key)
        .workloads.flatMap(({ containers }) => containers[0]!.environment)
        .filter(({ name }) => name === 'API_TOKEN' || name === 'POSTGRES_PASSWORD')
        .map(({ value }) => value!.value);
    const [token, password] = values(1);
    expect(token).toMatch(/^\(secret [0-9a-f]{8}\)$/);
    expect(password).toBe(token);
    expect(values(2)[0]).not.toBe(token);
  });

  it.each([
    ['PORT', '8080'],
    ['TOKEN_TTL', '300'],
    ['DATABASE_URL', 'postgres://me@db:5432/shop'],
    ['PASSWORD_FILE', '/run/secrets/password'],
    ['MONKEY', 'banana'],
  ])('are not seen in %s=%s', (name, value) => {
    expect(new Secrets(new Uint8Array(32)).hide(name, value)).toEqual({ value, secret: false });
  });
});
