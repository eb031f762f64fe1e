import { readModel } from '../../read.ts';
import type { CallEdge, FileOrigin, ReadModelFile } from '../landscape.ts';
import { edgesOf } from './edges.ts';
import { ModelFile } from './model-file.ts';

/**
 * What a seaworthy.yaml says, as a part of a landscape.
 *
 * @throws ModelError with all that is wrong with the file.
 */
export function readModelFile(
  text: string,
  file: string,
  environment?: string,
): { readonly model: ReadModelFile; readonly edges: readonly CallEdge[] } {
  const options = environment === undefined ? {} : { environment };
  const { model, where } = readModel(text, file, options);
  const position = (path: readonly (string | number)[]): FileOrigin => {
    const { line, column } = where(path);
    return { kind: 'file', file, line, column };
  };
  const edges = edgesOf(new ModelFile(file, model, where));
  return { model: { file, model, position }, edges };
}
