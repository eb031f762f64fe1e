import type { Container, Setting } from '../../model/import/landscape.ts';

/** What is executed, where a file says so; the image may have more before it. */
export function commandOf({ command, args }: Container): Setting<readonly string[]> | undefined {
  if (command === undefined || args === undefined) return command ?? args;
  return { value: [...command.value, ...args.value], origin: command.origin };
}

const shells = /^(\/(usr\/)?bin\/)?(sh|bash|ash|dash)$/;

/** The script of `sh -c <script>`. */
export function shellScript(words: readonly string[]): string | undefined {
  const [program = '', option = '', script] = words;
  return shells.test(program) && /^-\w*c$/.test(option) ? script : undefined;
}
