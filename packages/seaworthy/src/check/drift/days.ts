/** Days from one day to another, as in `2027-03-31`: negative where the second is before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Days since 0000-03-01 in the Gregorian calendar. A year that begins in March has its leap day at
 * the end, so that the lengths of its months follow one formula.
 *
 * @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const fromMarch = (month + 9) % 12;
  const years = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return 365 * years + leapDays + Math.floor((153 * fromMarch + 2) / 5) + date - 1;
}
