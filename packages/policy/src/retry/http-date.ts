const msPerDay = 86_400_000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// The three forms that a recipient must accept (RFC 9110 §5.6.7). The name of the day is not
// compared with the date.
const month = `(?<month>${months.join('|')})`;
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;
const forms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  String.raw`[A-Z][a-z]{2}, (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT`,
  // Sunday, 06-Nov-94 08:49:37 GMT
  String.raw`[A-Z][a-z]{5,8}, (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT`,
  // Sun Nov  6 08:49:37 1994
  String.raw`[A-Z][a-z]{2} ${month} (?<day>[ \d]\d) ${time} (?<year>\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/**
 * An HTTP date (RFC 9110 §5.6.7) in milliseconds since 1970, undefined when it is none.
 *
 * @param nowMs The time here, in milliseconds since 1970: it says which century a year of two
 * digits is in.
 */
export function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return momentMs(groups, nowMs);
  }
  return undefined;
}

function momentMs(groups: Record<string, string | undefined>, nowMs: number): number | undefined {
  const year = fullYear(groups['year'] ?? '', nowMs);
  const monthIndex = months.indexOf(groups['month'] ?? '');
  const day = Number(groups['day']);
  const hour = Number(groups['hour']);
  const minute = Number(groups['minute']);
  const second = Number(groups['second']);
  if (day < 1 || day > daysInMonth(year, monthIndex)) return undefined;
  // A leap second is the 61st of its minute.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const seconds = (hour * 60 + minute) * 60 + second;
  return daysSince1970(year, monthIndex, day) * msPerDay + seconds * 1000;
}

/** A year of two digits is the one with these last digits that is not over 50 years ahead. */
function fullYear(digits: string, nowMs: number): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  const thisYear = 1970 + Math.floor(nowMs / (365.2425 * msPerDay));
  const sameCentury = thisYear - (thisYear % 100) + year;
  return sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury;
}

/** In the Gregorian calendar. */
function daysSince1970(year: number, monthIndex: number, day: number): number {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  // 719 162 days lie between 1 January of the year 1 and 1 January 1970.
  let days = before * 365 + leapDays - 719_162 + day - 1;
  for (let index = 0; index < monthIndex; index++) days += daysInMonth(year, index);
  return days;
}

function daysInMonth(year: number, monthIndex: number): number {
  if (monthIndex !== 1) return [3, 5, 8, 10].includes(monthIndex) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
