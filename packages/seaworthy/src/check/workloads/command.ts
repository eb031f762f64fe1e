import type { Container, Setting } from '../../model/import/landscape.ts';

/**
 * What is executed: what a manifest says, else the image, where it is built here. A command of the
 * manifest replaces the entry point of the image, and its arguments as well.
 */
export function commandOf(container: Container): Setting<readonly string[]> | undefined {
  const image = container.runtime?.image;
  const program = container.command ?? image?.entrypoint;
  const rest = container.args ?? (container.command === undefined ? image?.command : undefined);
  if (program === undefined || rest === undefined) return program ?? rest;
  return { value: [...program.value, ...rest.value], origin: program.origin };
}

const shells = /^(\/(usr\/)?bin\/)?(sh|bash|ash|dash)$/;

/** The script of `sh -c <script>`. */
export function shellScript(words: readonly string[]): string | undefined {
  const [program = '', option = '', script] = words;
  return shells.test(program) && /^-\w*c$/.test(option) ? script : undefined;
}
