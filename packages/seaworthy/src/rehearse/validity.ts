import { countText } from '../model/quantity-text.ts';

/** With fewer, a share of a tenth would as a rule not be seen at all. */
const touchedMin = 10;

/** Times of fewer say little about those that are rare. */
const calmMin = 20;

/** What a fault had to do with. */
export interface FaultReach {
  readonly text: string;
  /** Requests, or bursts of bytes, that it hit or that came by while it was up. */
  readonly touched: number;
  /** How many answers its factor was taken from. Undefined: it has none. */
  readonly calm: number | undefined;
}

/** Why the faults did not do their part. Empty: they did. */
export function faultReasons(reaches: readonly FaultReach[]): readonly string[] {
  return reaches.flatMap(({ text, touched, calm }) => {
    if (calm !== undefined && calm < calmMin) {
      return [`"${text}" had only ${countText(calm, 'answer')} before it to take times from`];
    }
    return touched < touchedMin ? [`"${text}" touched only ${countText(touched, 'request')}`] : [];
  });
}
