import { readModel } from '../model/read.ts';
import { readText } from './read-text.ts';

/**
 * Reads a model file.
 *
 * @throws UsageError when there is no such file, ModelError when it is wrong.
 */
export async function loadModel(
  file: string,
  environment: string | undefined,
): Promise<ReturnType<typeof readModel>> {
  const text = await readText(file, 'seaworthy init writes a first one');
  return readModel(text, file, environment === undefined ? {} : { environment });
}
