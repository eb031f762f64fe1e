import { Source } from '../../../source/source.ts';
import type { Value } from '../../values/value.ts';

/**
 * The text of a value as a file of its own, each line where it stands: a patch within a
 * kustomization.
 */
export function inlineSource(value: Value): Source {
  const { source, located } = value;
  const text = value.text ?? '';
  const { line } = value.origin;
  if (!/[|>]/.test(source.text[located.at.offset] ?? '')) {
    return new Source(source.fileName, '\n'.repeat(line - 1) + text);
  }
  // Below the sign of a block, further to the right by what the block is.
  const first = text.split('\n', 1)[0]!;
  const indent = Math.max(0, source.line(line + 1).indexOf(first.trim()) - first.search(/\S|$/));
  return new Source(
    source.fileName,
    '\n'.repeat(line) + text.replace(/^(?=.)/gm, ' '.repeat(indent)),
  );
}
