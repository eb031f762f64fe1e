import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { Setting } from '../../landscape.ts';
import { readLandscape } from '../../read-landscape.ts';
import { Secrets } from '../../secrets.ts';

const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  template:
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: web
          image: shop/web:1.0.0
          env:
            - { name: LEVEL, value: info }
            - { name: HTTP_TIMEOUT, value: 3s }
`,
};

/** What the deployment comes to, each value with its place. */
function made(files: Readonly<Record<string, string>>, leaves = 'nothing') {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kustomize-'));
  try {
    for (const [name, text] of Object.entries({ ...base, ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const secrets = new Secrets(new Uint8Array(32));
    const wants = (path: string): boolean => !path.startsWith(leaves);
    const { workloads, notUnderstood } = readLandscape(folder, secrets, { wants });
    const container = workloads[0]?.containers[0];
    return {
      replicas: said(workloads[0]?.replicas),
      grace: said(workloads[0]?.graceMs),
      image: said(container?.image),
      environment: container?.environment.map(({ name, value }) => `${name} ${said(value)}`),
      remarks: notUnderstood.map(({ file, line, why }) => `${file}:${line}: ${why}`),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function said(setting: Setting<unknown> | undefined): string {
  if (setting === undefined) return 'nothing';
  const { origin, value } = setting;
  return `${String(value)} ${origin.kind === 'file' ? `${origin.file}:${origin.line}` : origin.kind}`;
}

const resources = 'resources: [../base]\n';
const asItIs = {
  replicas: '1 base/web.yaml:5',
  grace: '30000 base/web.yaml:8',
  image: 'shop/web:1.0.0 base/web.yaml:11',
  environment: ['LEVEL info base/web.yaml:13', 'HTTP_TIMEOUT 3s base/web.yaml:14'],
  remarks: [],
};

const strategic = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 4
  template:
    spec:
      terminationGracePeriodSeconds: null
      containers:
        - name: web
          env:
            - { name: HTTP_TIMEOUT, value: 5s }
            - { name: LEVEL, $patch: delete }
            - { name: EXTRA, value: x }
`;

describe('kustomize', () => {
  it('merges a patch by the names in lists, each value with its place', () => {
    const files = {
      'prod/kustomization.yaml': `${resources}patches: [{ path: web.yaml }]\n`,
      'prod/web.yaml': strategic,
    };
    expect(made(files)).toEqual({
      replicas: '4 prod/web.yaml:5',
      grace: '30000 default',
      image: 'shop/web:1.0.0 base/web.yaml:11',
      environment: ['HTTP_TIMEOUT 5s prod/web.yaml:12', 'EXTRA x prod/web.yaml:14'],
      remarks: [],
    });
  });

  it('does what a JSON patch says, also within the kustomization', () => {
    const patch = `patches:
  - target: { kind: Deployment, name: web|api.* }
    patch: |-
      - { op: replace, path: /spec/replicas, value: 3 }
      - op: add
        path: /spec/template/spec/containers/0/env/-
        value: { name: EXTRA, value: x }
      - { op: remove, path: /spec/template/spec/containers/0/env/0 }
`;
    expect(made({ 'prod/kustomization.yaml': resources + patch })).toEqual({
      ...asItIs,
      replicas: '3 prod/kustomization.yaml:5',
      environment: ['HTTP_TIMEOUT 3s base/web.yaml:14', 'EXTRA x prod/kustomization.yaml:8'],
    });
  });

  it('knows replicas and images', () => {
    const short = `replicas: [{ name: web, count: 5 }]
images: [{ name: shop/web, newName: mirror/web, newTag: 1.4.2 }]\n`;
    expect(made({ 'prod/kustomization.yaml': resources + short })).toEqual({
      ...asItIs,
      replicas: '5 prod/kustomization.yaml:2',
      image: 'mirror/web:1.4.2 prod/kustomization.yaml:3',
    });
  });

  it('goes through all levels, and through components', () => {
    const count = (to: number): string =>
      `patches: [{ patch: '[{op: replace, path: /spec/replicas, value: ${to}}]', target: {kind: Deployment} }]\n`;
    const files = {
      'more/kustomization.yaml': `kind: Component\n${count(7)}`,
      'prod/kustomization.yaml': `${resources}components: [../more]\n`,
      'west/kustomization.yaml': 'resources: [../prod]\nreplicas: [{ name: web, count: 9 }]\n',
    };
    expect(made(files).replicas).toBe('9 west/kustomization.yaml:2');
    expect(made(files, 'west').replicas).toMatch(/^7 more/);
  });

  it('takes objects away', () => {
    const patch = `patches:
  - patch: '{ $patch: delete, apiVersion: apps/v1, kind: Deployment, metadata: { name: web } }'\n`;
    expect(made({ 'prod/kustomization.yaml': resources + patch }).replicas).toBe('nothing');
  });

  it('chooses none of several overlays, until one is named', () => {
    const files = {
      'prod/kustomization.yaml': `${resources}replicas: [{ name: web, count: 5 }]\n`,
      'test/kustomization.yaml': `${resources}replicas: [{ name: web, count: 2 }]\n`,
    };
    expect(made(files)).toEqual({
      ...asItIs,
      remarks: [
        'base/web.yaml:1: Deployment web: several overlays change it, each in its own way, and ' +
          'none of them is checked: name one with --env',
      ],
    });
    const alone = made(files, 'test');
    expect(alone).toEqual({ ...asItIs, replicas: '5 prod/kustomization.yaml:2' });
  });

  describe('makes what generators make', () => {
    const uses = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - { name: web, image: 'shop/web:1', envFrom: [{ configMapRef: { name: web } }] }
`;
    const variables = (files: Readonly<Record<string, string>>, leaves?: string) => {
      const { environment, remarks } = made({ 'base/web.yaml': uses, ...files }, leaves);
      return [...(environment ?? []), ...remarks];
    };
    const maker = (rest: string): string => `configMapGenerator:\n  - { name: web, ${rest} }\n`;
    const own = `resources: [web.yaml]\n${maker('literals: [LEVEL=info, "HTTP_TIMEOUT=3s"]')}`;

    it('of literals and of files with variables', () => {
      const files = {
        'base/kustomization.yaml': `resources: [web.yaml]\n${maker('envs: [web.env]')}`,
        'base/web.env': 'LEVEL=info\n# why\nHTTP_TIMEOUT=3s\n',
      };
      expect(variables(files)).toEqual([
        'LEVEL info base/web.env:1',
        'HTTP_TIMEOUT 3s base/web.env:3',
      ]);
      expect(variables({ 'base/kustomization.yaml': own })).toEqual([
        'LEVEL info base/kustomization.yaml:3',
        'HTTP_TIMEOUT 3s base/kustomization.yaml:3',
      ]);
    });

    it('with what an overlay adds to it', () => {
      const files = {
        'base/kustomization.yaml': own,
        'prod/kustomization.yaml': resources + maker('behavior: merge, literals: [LEVEL=warn]'),
      };
      expect(variables(files)).toEqual([
        'LEVEL warn prod/kustomization.yaml:3',
        'HTTP_TIMEOUT 3s base/kustomization.yaml:3',
      ]);
      const instead = { ...files, 'prod/kustomization.yaml': resources + maker('literals: [A=b]') };
      expect(variables(instead)).toEqual(['A b prod/kustomization.yaml:3']);
    });

    it('and none of several overlays, until one is named', () => {
      const files = {
        'base/kustomization.yaml': 'resources: [web.yaml]\n',
        'prod/kustomization.yaml': resources + maker('literals: [LEVEL=warn]'),
        'test/kustomization.yaml': resources + maker('literals: [LEVEL=debug]'),
      };
      expect(variables(files)).toEqual([
        'prod/kustomization.yaml:3: ConfigMap web: several overlays make it, each in its own way: ' +
          'name one with --env',
      ]);
      expect(variables(files, 'test')).toEqual(['LEVEL warn prod/kustomization.yaml:3']);
    });

    it('and hides what secrets hold', () => {
      const files = {
        'base/web.yaml': uses.replace('configMapRef', 'secretRef'),
        'base/kustomization.yaml':
          'resources: [web.yaml]\nsecretGenerator: [{ name: web, literals: [TOKEN=hunter2] }]\n',
      };
      expect(made(files).environment).toEqual([expect.stringMatching(/^TOKEN (?!.*hunter2)/)]);
    });

    it('and says which files are not there', () => {
      const text = `resources: [web.yaml]\n${maker('envs: [gone.env]')}`;
      expect(variables({ 'base/kustomization.yaml': text })).toEqual([
        'base/kustomization.yaml:3: variables of a file that is not there',
      ]);
    });
  });

  it.each(['namePrefix: prod-', 'nameSuffix: -2', 'replacements: [{ path: a.yaml }]'])(
    'says that it does not read %s',
    (text) => {
      const [key] = text.split(':');
      expect(made({ 'prod/kustomization.yaml': `${resources}${text}\n` }).remarks).toEqual([
        `prod/kustomization.yaml:2: ${key} is not read: give check what kustomize prints`,
      ]);
    },
  );

  it.each([
    ['{ path: gone.yaml }', 'a patch that is not among the files: what it changes is unknown'],
    [
      `{ patch: '[{ op: move, path: /a, from: /b }]', target: { kind: Deployment } }`,
      'a patch that does more than add, replace and remove',
    ],
    [
      `{ patch: '[{ op: remove, path: /spec/gone }]', target: { kind: Deployment } }`,
      'changes what Deployment web does not have',
    ],
    [
      `{ patch: '[{ op: remove, path: /spec }]', target: { labelSelector: app=web } }`,
      'a patch of objects by their labels, or by a longer pattern',
    ],
    [
      `{ patch: '[{ op: remove, path: /spec }]', target: { name: '(a+)+' } }`,
      'a patch of objects by their labels, or by a longer pattern',
    ],
    [
      `{ patch: '[{ op: remove, path: /spec }]', target: { name: elsewhere } }`,
      'a patch of what is not among the files: give check what kustomize prints',
    ],
  ])('says what it does not do: %s', (patch, why) => {
    const text = `${resources}patches: [${patch}]\n`;
    expect(made({ 'prod/kustomization.yaml': text })).toEqual({
      ...asItIs,
      remarks: [`prod/kustomization.yaml:2: ${why}`],
    });
  });
});
