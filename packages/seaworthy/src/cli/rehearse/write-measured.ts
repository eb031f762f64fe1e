import { writeFile } from 'node:fs/promises';

import type { BatteryRun } from '../../rehearse/trials/battery.ts';
import { measuredSystem } from '../../rehearse/trials/measured.ts';
import { measuredModelText } from '../../report/trials/model-file.ts';
import { fileFailure } from '../file-failure.ts';

/**
 * Writes what was measured as a model: `seaworthy.yaml`, or the next name that is free. The name;
 * undefined where nothing was measured.
 */
export async function writeMeasured(
  run: BatteryRun,
  name: string,
  command: string,
): Promise<string | undefined> {
  const system = measuredSystem(run);
  if (system === undefined) return undefined;
  const text = measuredModelText(system, name, command);
  for (let number = 1; ; number++) {
    const file = number === 1 ? 'seaworthy.yaml' : `seaworthy-${number}.yaml`;
    try {
      await writeFile(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw fileFailure(error, 'write', file);
    }
  }
}
