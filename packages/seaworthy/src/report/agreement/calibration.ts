import { durationText } from '../../judge/words.ts';
import { meanMs, quantilesOf } from '../../model/distribution.ts';
import type { Distribution } from '../../model/model.ts';
import type { CalibratedService, Calibration } from '../../rehearse/calibrate/calibrate.ts';
import type { Colours } from '../colours.ts';
import { type Column, line, namedRow } from '../columns.ts';
import { countText } from '../quantities.ts';

const columns: readonly Column[] = [
  { width: 20, align: 'left' },
  { width: 12, align: 'right' },
  { width: 12, align: 'right' },
  { width: 3, align: 'left' },
  { width: 20, align: 'left' },
];

/** Instead of numbers. */
const words: readonly Column[] = [{ width: 20, align: 'left' }];

/** Which times the model was given before it was simulated, and where they come from. */
export function calibrationLines(
  { services, hops }: Calibration,
  { strong, quiet }: Colours,
): readonly string[] {
  const heading = [{ text: 'CALIBRATED', paint: strong }, 'mean', 'p99', '', 'from'];
  return [
    '',
    line(heading, columns),
    ...services.flatMap(serviceLines),
    ...hops.flatMap(({ edge, meanMs: hopMs }) =>
      namedRow([edge, durationText(hopMs), '', '', quiet('the way there and back')], columns),
    ),
  ];
}

function serviceLines({ service, from, time, samples, why }: CalibratedService): readonly string[] {
  if (time === undefined) return namedRow([service, `  as in the file: ${why}`], words);
  const origin = countText(samples, 'request') + (from === 'table' ? '' : ', less its calls');
  return namedRow([service, durationText(meanMs(time)), p99Text(time), '', origin], columns);
}

function p99Text(time: Distribution): string {
  const p99 = quantilesOf(time)?.find(({ share }) => share >= 0.99);
  return p99 === undefined ? '' : durationText(p99.valueMs);
}
