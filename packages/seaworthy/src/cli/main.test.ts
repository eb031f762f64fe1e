import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from './testing/command-line.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

describe('seaworthy', () => {
  it('prints its version', async () => {
    const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
    expect(await workplace.run(['--version'])).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('loads neither the schema nor YAML before a verb needs them', () => {
    const loaded = packagesLoadedBy(new URL('../../dist/bundle/main.js', import.meta.url));
    expect([...loaded].toSorted()).toEqual(['commander']);
  });

  it('prints its help', async () => {
    const { code, stdout, stderr } = await workplace.run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: seaworthy [options] [command]

      Finds the failures that appear only under production load, before production.

      Options:
        --version                         print the version
        -h, --help                        print this help

      Commands:
        init [options] [file]             Write a first model to start from. Never
                                          overwrites a file.
        check [options] [folder]          Find assumptions that contradict each other,
                                          in the files of a folder.
        simulate [options] [files...]     Run the system of a file in virtual time and
                                          judge it.
        limits [options] [file]           Find out up to which load a system is
                                          stable, and what tips it.
        rehearse [options] [file]         Play the scenarios of a file on real
                                          processes and judge them.
        report [options] <runs...>        Show runs again: as a page to explore, or
                                          here. Two runs are compared.
        faults [options] [file]           Run the fault proxy alone. Clients of
                                          Toxiproxy drive it.
        explain [options] [file or rule]  Print the effective model, and where each
                                          value comes from; or what a rule means.
        fidelity [options] [paths...]     Hold the engine to what files expect: closed
                                          forms and published results.

      Exit codes:
        0 ok                 1 objectives or findings failed    2 bad usage or file
        3 inconclusive       70 internal error                  130 interrupted
      "
    `);
  });

  it('prints its help as an error without a verb', async () => {
    const { code, stdout, stderr } = await workplace.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: seaworthy/);
  });

  it.each([
    [
      ['simulat'],
      `error: unknown command 'simulat'\ndid you mean "simulate"?\nsee seaworthy --help\n`,
    ],
    [
      ['explain', '--evn', 'x'],
      `error: unknown option '--evn'\ndid you mean "--env"?\nsee seaworthy explain --help\n`,
    ],
    [
      ['init', 'a', 'b'],
      `error: too many arguments for 'init'. Expected 1 argument but got 2.\nsee seaworthy init --help\n`,
    ],
  ])('says what is wrong with %j', async (words, message) => {
    expect(await workplace.run(words)).toEqual({ code: 2, stdout: '', stderr: message });
  });
});

/**
 * The packages of which a built module has code, itself or in what it imports at once: the bundler
 * says of each piece where it is from.
 */
function packagesLoadedBy(start: URL): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const text = readFileSync(fileURLToPath(url), 'utf8');
    for (const [, name = ''] of text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) {
      packages.add(name);
    }
    for (const [, name = ''] of text.matchAll(/^import (?:[^"]* from )?"(\.[^"]+)";$/gm)) {
      visit(new URL(name, url));
    }
  };
  visit(start);
  return packages;
}
