import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { in01 } from './in01-broken-file.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n';

function said(files: Readonly<Record<string, string>>): string {
  return messages(in01, folderLandscape(files));
}

describe('IN01', () => {
  it('finds a manifest that is no YAML, at its place', () => {
    expect(said({ 'web.yaml': `${deployment}spec: { replicas: 2\n` })).toMatchInlineSnapshot(`
      "web.yaml:5:1 high IN01
      web.yaml: it was not checked: flow map in block collection must be sufficiently indented
      and end with a }
      passes: a file that can be read"
    `);
  });

  it.each([
    ['compose.yaml', 'services:\n  web: [\n'],
    ['envoy.yaml', 'static_resources: [\n'],
    ['rules.yaml', 'groups:\n - alert: [\n'],
    ['package.json', '{ "name": '],
    ['traces.json', '{ "resourceSpans": 1 }'],
    ['a.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['seaworthy.yaml', 'seaworthy: 1\nname: shop\n'],
  ])('finds a broken %s', (name, text) => {
    expect(said({ [name]: text })).toMatch(new RegExp(`^${name}:\\d+:\\d+ high IN01\n`));
  });

  it('finds a lock file once, whoever needs it', () => {
    const manifest = '{ "name": "a", "dependencies": {} }';
    const files = { 'a/package.json': manifest, 'b/package.json': manifest };
    expect(said({ ...files, 'package-lock.json': '{' })).toMatch(/^package-lock\.json[^]*IN01/);
    expect(said({ ...files, 'package-lock.json': '{' }).match(/IN01/g)).toHaveLength(1);
  });

  it.each([
    ['a manifest that is right', 'web.yaml', `${deployment}spec: { replicas: 2 }\n`],
    ['YAML that is nobody’s', 'notes.yaml', 'a: [\n'],
    ['a template', 'web.yaml', `${deployment}spec: { replicas: {{ .Values.replicas }} }\n`],
    ['a tag of compose', 'compose.yaml', 'services: { web: { image: a, ports: !reset [] } }\n'],
    ['source code', 'a.ts', 'const timeout = ((('],
  ])('says nothing of %s', (_, name, text) => {
    expect(said({ [name]: text })).toBe('');
  });
});
