import type { Parcel } from '../flow/parcel.ts';

/** A parcel in pieces of at most this size. */
export function stepsOf(parcel: Parcel, stepBytes: number): Parcel[] {
  const parcels = [parcel];
  for (let last = parcel; last.data.length > stepBytes;) {
    last = last.splitAt(stepBytes);
    parcels.push(last);
  }
  return parcels;
}
