import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { Workplace } from '../testing/command-line.ts';
import { prepareReport } from './write-report.ts';

const workplace = new Workplace();
afterAll(() => workplace.remove());

describe('a page that is asked for', () => {
  const inFolder = (name: string): string => join(workplace.folder, name);

  it('is refused before the work where it cannot be written', async () => {
    const nowhere = inFolder('no/such/page.html');
    await expect(prepareReport(nowhere)).rejects.toThrow(
      `cannot write ${nowhere}: there is no such file or folder`,
    );
    mkdirSync(inFolder('pages'));
    await expect(prepareReport(inFolder('pages'))).rejects.toThrow('it is a folder');
  });

  it('is not begun where it can, and may be there already', async () => {
    const page = inFolder('page.html');
    await prepareReport(page);
    expect(existsSync(page)).toBe(false);
    workplace.write('page.html', 'an older one');
    await prepareReport(page);
    // Where nobody may make a file, one may be written all the same.
    await prepareReport('/dev/null');
    await prepareReport(undefined);
  });
});
