const MINUTES_PER_DAY = 1440;

/**
 * Minutes from 1970 to a moment of the Gregorian calendar, UTC: days by the method of Howard
 * Hinnant ("chrono-Compatible Low-Level Date Algorithms"). What a date means is no clock.
 */
function minutesSince1970(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
): number {
  // Years begin in March, so that the leap day is the last of one.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * MINUTES_PER_DAY + hour * 60 + minute;
}

const isoTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/;

/** ISO 8601, such as `2026-11-21T15:04:05.678+01:00`, in milliseconds since 1970. */
export function readIsoTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = match;
  return timeOf(Number(year), Number(month), Number(day), [hour!, minute!, second!], zone!);
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const logTime = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/;

/** As logs have it, such as `21/Nov/2026:15:04:05 +0100`, in milliseconds since 1970. */
export function readLogTime(text: string): number | undefined {
  const match = logTime.exec(text);
  if (match === null) return undefined;
  const [, day, name, year, hour, minute, second, zone] = match;
  const at = months.indexOf(name!);
  if (at < 0 || at % 3 !== 0) return undefined;
  return timeOf(Number(year), at / 3 + 1, Number(day), [hour!, minute!, second!], zone!);
}

function timeOf(
  year: number,
  month: number,
  day: number,
  [hour, minute, second]: readonly [string, string, string],
  zone: string,
): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const aheadMinutes = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const minuteOf = minutesSince1970(year, month, day, Number(hour), Number(minute));
  return (minuteOf - aheadMinutes) * 60_000 + Number(second) * 1000;
}
