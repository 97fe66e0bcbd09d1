// @ts-check
/** Words of the page with figures in them. */

/** Put values where a text says {name}. @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.trim().replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Show a moment as people here write it: the hour today, else the day too. @param {string} iso */
export function moment(iso) {
  const time = new Date(iso);
  const isToday = time.toDateString() === new Date().toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const form = isToday ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", form).format(time);
}

/** Wait for something, but no longer than a time; null after it. @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T | null>} */
export function within(ms, work) {
  return Promise.race([work, new Promise((done) => setTimeout(done, ms, null))]);
}
