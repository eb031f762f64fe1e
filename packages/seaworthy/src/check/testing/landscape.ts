import type { Landscape } from '../../model/import/landscape.ts';
import { readModelFile } from '../../model/import/model-file/read-model-file.ts';
import { folderLandscape } from '../../model/import/testing/folder-landscape.ts';

/** What a seaworthy.yaml with this text says. */
export function modelLandscape(text: string): Landscape {
  const { model, edges } = readModelFile(text, 'seaworthy.yaml');
  return { ...folderLandscape({}), edges, models: [model] };
}
