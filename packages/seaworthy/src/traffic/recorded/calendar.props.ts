import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { readIsoTime, readLogTime } from './calendar.ts';

it('dates mean what they mean to JavaScript', () => {
  // What a date means is no clock.
  // oxlint-disable-next-line no-restricted-globals
  const [min, max] = [new Date(0), new Date('2400-01-01')];
  const aDate = fc.date({ min, max, noInvalidDate: true });
  fc.assert(
    fc.property(aDate, (date) => {
      expect(readIsoTime(date.toISOString())).toBe(date.getTime());
      const [, day, month, year, time] = /, (\d+) (\w+) (\d+) (\S+) GMT$/.exec(date.toUTCString())!;
      const logged = `${day}/${month}/${year}:${time}`;
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      expect(readLogTime(`${logged} +0000`)).toBe(seconds);
      expect(readLogTime(`${logged} -0130`)).toBe(seconds + 90 * 60_000);
    }),
  );
});
