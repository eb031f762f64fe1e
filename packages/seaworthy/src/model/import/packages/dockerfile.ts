import { posix } from 'node:path';

import type { Source } from '../../source/source.ts';
import { words } from '../compose/words.ts';
import type { FileOrigin, ImageBuild, Setting } from '../landscape.ts';

/** One instruction, continued lines joined. */
const instruction =
  /^[ \t]*(FROM|CMD|ENTRYPOINT|ENV|STOPSIGNAL)[ \t]+((?:[^\\\n]|\\[ \t]*\r?\n|\\.)*)/gim;

/** What the last stage of a Dockerfile starts from, and what it runs. */
export function readDockerfile(source: Source): ImageBuild {
  let base: Setting<string> | undefined;
  let entrypoint: ImageBuild['entrypoint'];
  let command: ImageBuild['command'];
  let shellForm: Setting<boolean> | undefined;
  for (const match of source.text.matchAll(instruction)) {
    const origin: FileOrigin = {
      kind: 'file',
      file: source.fileName,
      ...source.position(match.index),
    };
    const rest = match[2]!.replace(/\\[ \t]*\r?\n/g, ' ').trim();
    const keyword = match[1]!.toUpperCase();
    if (keyword === 'FROM') {
      base = { value: rest.replace(/^--platform=\S+\s+/, '').split(/\s+/)[0]!, origin };
      entrypoint = command = shellForm = undefined;
    } else if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
      const { list, isShell } = commandOf(rest);
      const setting = { value: list, origin };
      if (keyword === 'CMD') command = setting;
      else entrypoint = setting;
      shellForm = { value: isShell, origin };
    }
  }
  const folder = posix.dirname(source.fileName);
  return { folder, file: source.fileName, base, entrypoint, command, shellForm };
}

/** `["node", "a.js"]` runs it; `node a.js` has a shell run it. */
function commandOf(text: string): { readonly list: readonly string[]; readonly isShell: boolean } {
  if (text.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(text);
      if (Array.isArray(list)) return { list: list.map(String), isShell: false };
    } catch {
      // Docker takes what is no JSON as a line for the shell, too.
    }
  }
  return { list: words(text), isShell: true };
}
