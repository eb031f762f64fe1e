import { durationText } from '../../judge/words.ts';
import { meanMs, quantilesOf } from '../../model/distribution.ts';
import type { Distribution } from '../../model/model.ts';
import type { CalibratedService, Calibration } from '../../rehearse/calibrate/calibrate.ts';
import type { Colours } from '../colours.ts';
import { type Column, line, namedRow } from '../columns.ts';

const columns: readonly Column[] = [
  { width: 20, align: 'left' },
  { width: 12, align: 'right' },
  { width: 12, align: 'right' },
  { width: 3, align: 'left' },
  { width: 20, align: 'left' },
];

/** Which times the model was given before it was simulated, and where they come from. */
export function calibrationLines(
  { services, hops }: Calibration,
  { strong, quiet }: Colours,
): readonly string[] {
  const heading = [{ text: 'CALIBRATED', paint: strong }, 'mean', 'p99', '', 'from'];
  return [
    '',
    line(heading, columns),
    ...services.flatMap((service) => namedRow(serviceCells(service), columns)),
    ...hops.flatMap(({ edge, meanMs: hopMs }) =>
      namedRow([edge, durationText(hopMs), '', '', quiet('the way there and back')], columns),
    ),
  ];
}

function serviceCells({ service, from, time, samples, why }: CalibratedService): readonly string[] {
  if (time === undefined) return [service, '', '', '', `the file: ${why}`];
  const origin = {
    table: `${samples.toLocaleString('en-US')} requests`,
    remainder: `${samples.toLocaleString('en-US')} requests, less its calls`,
    file: '',
  };
  return [service, durationText(meanMs(time)), p99Text(time), '', origin[from]];
}

function p99Text(time: Distribution): string {
  const p99 = quantilesOf(time)?.find(({ share }) => share >= 0.99);
  return p99 === undefined ? '' : durationText(p99.valueMs);
}
