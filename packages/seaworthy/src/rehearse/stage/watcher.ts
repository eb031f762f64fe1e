import { readdirSync, readFileSync } from 'node:fs';

import { signalGroup } from './signal-group.ts';

/**
 * A process of its own: reads which groups there are from its input, and when that ends, because it
 * was closed or because whoever wrote it is gone, kills them, and what has left them.
 *
 * Its argument is the variable that all of them have in their environment.
 */
const mark = process.argv[2]!;
const groups = new Set<number>();
let unread = '';

/** What it kills may have just started something: so often it looks again. */
const looksMax = 20;

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text: string) => {
  const lines = (unread + text).split('\n');
  unread = lines.pop()!;
  for (const line of lines) {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) groups.add(pid);
    else groups.delete(pid);
  }
});
process.stdin.on('end', () => {
  for (const group of groups) signalGroup(group, 'SIGKILL');
  for (let look = 0; look < looksMax; look++) {
    const strays = marked();
    if (strays.length === 0) break;
    for (const pid of strays) kill(pid);
  }
});

/**
 * The processes with the mark: those that began a session of their own, and those that were started
 * and not told of any more. Only Linux shows the environment of others.
 */
function marked(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(mark));
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch (error) {
    if (isOfAnother(error)) return [];
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!isOfAnother(error)) throw error;
  }
}

/** It has just ended, or belongs to somebody else. */
function isOfAnother(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code);
}
