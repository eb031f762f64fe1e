import { readModel } from '../../read.ts';
import type { CallEdge, FileOrigin, ReadModelFile } from '../landscape.ts';
import { edgesOf } from './edges.ts';
import { ModelFile } from './model-file.ts';

/**
 * What a seaworthy.yaml says, as a part of a landscape.
 *
 * @param environment the overlay to apply, where the file has one of this name
 * @throws ModelError with all that is wrong with the file.
 */
export function readModelFile(
  text: string,
  file: string,
  environment?: string,
): { readonly model: ReadModelFile; readonly edges: readonly CallEdge[] } {
  const plain = readModel(text, file, {});
  const hasOverlay = environment !== undefined && plain.environments.includes(environment);
  const { model, where } = hasOverlay ? readModel(text, file, { environment }) : plain;
  const position = (path: readonly (string | number)[]): FileOrigin => {
    const { line, column } = where(path);
    return { kind: 'file', file, line, column };
  };
  const edges = edgesOf(new ModelFile(file, model, where));
  return { model: { file, model, position }, edges };
}
