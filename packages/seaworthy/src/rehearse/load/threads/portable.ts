import { Histogram } from '../../../signals/histogram.ts';
import { each, histogramFields } from '../measure/merge.ts';
import type { LoadReading } from '../measure/reading.ts';

type HistogramField = (typeof histogramFields)[number];

/** A reading as plain data, for the way between threads. */
export type PortableReading = Omit<LoadReading, HistogramField> &
  Record<HistogramField, Float64Array>;

export function toPortable(reading: LoadReading): PortableReading {
  return {
    ...reading,
    ...each(histogramFields, (field) => Float64Array.from(reading[field].toSparse())),
  };
}

export function fromPortable(reading: PortableReading): LoadReading {
  return { ...reading, ...each(histogramFields, (field) => Histogram.fromSparse(reading[field])) };
}
