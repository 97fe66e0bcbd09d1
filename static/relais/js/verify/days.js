// @ts-check
/** Days as certificates count them: since 2020-01-01, by the clock of UTC. */

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2020, 0, 1);

/** @param {number} moment in milliseconds */
export function dayOf(moment) {
  return Math.floor((moment - FIRST) / DAY_MS);
}

/** @param {string} moment such as 2026-11-22T10:00:00Z, perhaps with parts of a second; NaN for anything else */
export function dayOfText(moment) {
  const whole = `${/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/.exec(moment)?.[1]}Z`;
  const read = Date.parse(whole);
  // Date.parse takes the 31st of February for the 3rd of March.
  return Number.isNaN(read) || new Date(read).toISOString().slice(0, 19) !== whole.slice(0, -1) ? NaN : dayOf(read);
}

/** @param {number} day @param {string} language @returns {string} the day in words */
export function inWords(day, language) {
  const form = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC", calendar: "gregory" });
  return form.format(new Date(FIRST + day * DAY_MS));
}
