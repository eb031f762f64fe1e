import { describe, expect, it } from 'vitest';

import { messages } from '../../testing/cases.ts';
import { folderLandscape } from '../../../model/import/testing/folder-landscape.ts';
import { onCompose, onKubernetes } from '../../testing/manifests.ts';
import { lc08 } from './lc08-signal-swallowed.ts';

function command(words: string): string {
  return messages(lc08, onKubernetes({ container: `command: ${words}` }));
}

describe('LC08', () => {
  it('finds a program that is never told to stop', () => {
    expect(command('[npm, start]')).toMatchInlineSnapshot(`
      "web.yaml:12:20 high LC08
      web: it is started by npm, which does not hand SIGTERM on
        command: npm start (web.yaml:12)
      passes: a command that is the program itself, or \`exec\` before it"
    `);
  });

  it.each([
    ['[/usr/bin/yarn, start]', 'started by yarn'],
    ['[sh, -c, "npm start"]', 'started by npm'],
    ['[sh, -c, "node migrate.js && node server.js"]', 'started by a shell'],
    ['[/bin/bash, -ec, "node server.js | tee log"]', 'started by a shell'],
  ])('%s', (words, who) => {
    expect(command(words)).toContain(who);
  });

  it.each([
    '[node, server.js]',
    '[sh, -c, "node migrate.js && exec node server.js"]',
    '[sh, -c, "node server.js"]',
    '[tini, --, npm, start]',
    '[/app/npm-proxy]',
  ])('is content with %s', (words) => {
    expect(command(words)).toBe('');
  });

  it('looks into the image that is built here', () => {
    const image = (words: string, web = 'web: { build: ./web }'): string =>
      messages(
        lc08,
        folderLandscape({
          'compose.yaml': `services:\n  ${web}\n`,
          'web/Dockerfile': `FROM node:22.3.0\nCMD ${words}\n`,
          'web/package.json': '{ "name": "web" }',
        }),
      );
    expect(image('["npm", "start"]')).toContain('web/Dockerfile:2:1 high LC08');
    expect(image('npm start')).toContain('LC08');
    expect(image('["node", "server.js"]')).toBe('');
    expect(image('["npm", "start"]', 'web: { build: ./web, command: node server.js }')).toBe('');
  });

  it('looks at compose as well, and not at jobs', () => {
    const web = 'web: { image: shop/web:1, command: npm run start }';
    expect(messages(lc08, onCompose(web))).toContain('compose.yaml:2');
    expect(messages(lc08, onKubernetes({ kind: 'Job', container: 'command: [npm, start]' }))).toBe(
      '',
    );
  });
});
