import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { renderExplain } from '../../model/explain-text.ts';
import { modelText } from '../../model/import/write/model-text.ts';
import { readModel } from '../../model/read.ts';
import { loadLandscape } from '../load-landscape.ts';
import { Workplace } from '../testing/command-line.ts';
import type { CheckArguments } from './arguments.ts';
import { checkFolder, printed } from './check.ts';
import { mesh } from './testing/mesh.ts';
import { plainCheck } from './testing/plain-check.ts';

/** What no name, number or word of a report is like. */
const secretTexts = fc
  .stringMatching(/^[A-Za-z0-9]{12,24}$/)
  .filter((text) => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text));

/** Each place has a secret of its own, so that a leak says where it comes from. */
const places = [
  'token',
  'address',
  'words',
  'plain',
  'data',
  'string',
  'header',
  'key',
  'source',
  'broken',
  'shared',
  'command',
] as const;
type Place = (typeof places)[number];
type Planted = Readonly<Record<Place, string>>;

const planted: fc.Arbitrary<Planted> = fc
  .uniqueArray(secretTexts, { minLength: places.length, maxLength: places.length })
  .map((all) => Object.fromEntries(places.map((place, at) => [place, all[at]!])) as Planted);

/** What a parser stumbles over when a secret begins with it, and may then repeat. */
const stumbles = ['', '*', '&', '!', '%', '@', '`', '"', "'", '{', '[', '|', '? ', '- ', ': '];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A shop on compose, Kubernetes and its own source, which keeps secrets wherever people do. */
function filesOf(secret: Planted, stumble: string): Readonly<Record<string, string>> {
  const environment = `API_TOKEN=${secret.token}\nSHARED_KEY=${secret.shared}\nHTTP_TIMEOUT=`;
  return {
    'k8s/mesh.yaml': mesh.replace('http://', `http://me:${secret.address}@`),
    '.env': `DB=postgres://me:${secret.address}@db:5432/shop\n`,
    '.env.staging': `${environment}3s\nDATABASE_URL=postgres://a:${secret.address}@db/shop\n`,
    '.env.production': `${environment}4\nDATABASE_URL=postgres://b:${secret.words}@db/shop\n`,
    'compose.yaml': `services:
  web:
    image: web:1
    command: [node, main.js, --db-password=${secret.command}]
    environment:
      - API_TOKEN=${secret.token}
      - DATABASE_URL=\${DB}
      - REDIS_URL=redis://:${secret.address}@cache:6379
    labels: { auth.token: ${secret.shared} }
    healthcheck: { test: 'curl -H "Authorization: Bearer ${secret.header}" localhost' }
  db: { image: 'postgres:17', environment: { POSTGRES_PASSWORD: '${secret.plain}' } }
  cache: { image: 'redis:8', command: redis-server --requirepass ${secret.words} }
`,
    'k8s/web.yaml': `apiVersion: v1
kind: Secret
metadata: { name: keys }
data: { anything: ${base64(secret.data)} }
stringData: { other: ${secret.string} }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations: { api-token: ${secret.token} }
spec:
  template:
    metadata: { annotations: { vault-token: ${secret.shared} } }
    spec:
      containers:
        - name: api
          image: api:latest
          args: [--api-key, ${secret.command}]
          envFrom: [{ secretRef: { name: keys } }]
          env:
            - { name: JWT_SECRET, value: ${secret.plain} }
            - { name: WEB_URL, value: 'http://me:${secret.address}@web:80' }
            - { name: HARMLESS, valueFrom: { secretKeyRef: { name: keys, key: other } } }
          readinessProbe:
            httpGet:
              path: /
              port: 1
              httpHeaders: [{ name: Authorization, value: Bearer ${secret.header} }]
          livenessProbe: { exec: { command: [curl, '-H', 'X-Token: ${secret.header}', web] } }
`,
    'key.pem': `-----BEGIN PRIVATE KEY-----\n${base64(secret.key)}\n-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----\n${base64(secret.key)}\n-----END CERTIFICATE-----\n`,
    'pgbouncer.ini': `[databases]\nshop = host=db password=${secret.words}\n[pgbouncer]\n`,
    'src/main.js': `const pool = new Pool({ password: '${secret.source}', max: 5 });
fetch('http://me:${secret.source}@web/', { headers: { Authorization: '${secret.header}' } });\n`,
    'broken/compose.yaml': `services:
  web: { image: example/web:1 }
  api:
    image: example/api:1
    environment:
      API_TOKEN: ${stumble}${secret.broken}
      API_TOKEN: ${stumble}${secret.broken}
`,
    'broken/k8s.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  a: ${stumble}${secret.broken}: [\n`,
    'broken/package.json': `{ "name": "a", "token": "${secret.broken} }`,
    'broken/seaworthy.yaml': `seaworthy: 1\nname: ${stumble}${secret.broken}: [\n`,
  };
}

function writeAll(files: Readonly<Record<string, string>>, folder: string): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

/** All that `check` prints, in every format. */
async function checked(folder: string, options: Partial<CheckArguments>): Promise<string> {
  const report = await checkFolder(folder, { ...plainCheck, ...options });
  expect(report.assessment.findings.length).toBeGreaterThan(0);
  return formats.map((format) => printed(report, { ...plainCheck, all: true, format })).join('\n');
}

/** Also in the forms in which a report may write them. */
function leaks(text: string, secret: Planted): readonly string[] {
  return places.filter((place) =>
    [secret[place], base64(secret[place]), encodeURIComponent(secret[place])].some((form) =>
      text.includes(form),
    ),
  );
}

describe('secrets are in no output', () => {
  it('of check, in any format, of what differs, and of what init writes', async () => {
    await fc.assert(
      fc.asyncProperty(planted, fc.constantFrom(...stumbles), async (secret, stumble) => {
        const folder = mkdtempSync(join(tmpdir(), 'seaworthy-secrets-'));
        try {
          writeAll(filesOf(secret, stumble), folder);
          const alone = await checked(folder, {});
          expect(leaks(alone, secret)).toEqual([]);
          const differs = await checked(folder, { env: 'staging', against: 'production' });
          expect(leaks(differs, secret)).toEqual([]);
          expect(leaks(modelText(loadLandscape(folder), 'shop')!, secret)).toEqual([]);
        } finally {
          rmSync(folder, { recursive: true });
        }
      }),
      { numRuns: 6 },
    );
  });

  const [secret] = fc.sample(planted, { numRuns: 1, seed: 7 });

  it('of what simulations show of a finding, on the real command line', async () => {
    const workplace = new Workplace();
    try {
      writeAll(filesOf(secret!, ''), workplace.folder);
      const words = ['check', '--all', '--demonstrate', 'RT07 web -> payments'];
      const { stdout, stderr } = await workplace.run(words);
      expect(stdout).toContain('simulated');
      expect(leaks(stdout + stderr, secret!)).toEqual([]);
    } finally {
      workplace.remove();
    }
  });

  it('of explain: the processes and requests of a model may need some', () => {
    const { explain } = readModel(
      `seaworthy: 1
name: shop
services:
  web:
    run:
      command: node web.js
      env: { API_TOKEN: ${secret!.token}, DB: 'postgres://me:${secret!.address}@db', LEVEL: info }
    steps: [{ cpu: 1ms }]
traffic:
  people:
    to: web
    rate: 1/s
    requests: [{ path: /, headers: { Authorization: Bearer ${secret!.header} } }]
`,
      'seaworthy.yaml',
      {},
    );
    const text = renderExplain(explain);
    expect(leaks(text, secret!)).toEqual([]);
    expect(text).toMatch(/API_TOKEN: \(secret\), DB: \(secret\), LEVEL: info/);
  });
});
