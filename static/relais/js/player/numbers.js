// @ts-check
/** Figures as people here write them: the digits of the site, the separators of the language. */

/** @param {string} language */
function latin(language) {
  return `${language}-u-nu-latn`;
}

/**
 * Return thousandths of a point with two decimals at most, never rounded up to a pass.
 * @param {number} milli
 * @param {string} language
 */
export function pointsText(milli, language) {
  const form = new Intl.NumberFormat(latin(language), { maximumFractionDigits: 2, useGrouping: false });
  return form.format(Math.floor(milli / 10) / 100);
}

/**
 * Return what is left of a time: 12:05, or 1:02:05 from an hour on.
 * @param {number} ms
 */
export function clockText(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const figures = hours ? [hours, pad(minutes), pad(seconds % 60)] : [minutes, pad(seconds % 60)];
  return figures.join(":");
}

/** @param {number} number */
function pad(number) {
  return String(number).padStart(2, "0");
}

/**
 * @param {string} iso
 * @param {string} language
 */
export function dateText(iso, language) {
  return new Intl.DateTimeFormat(latin(language), { dateStyle: "long" }).format(new Date(iso));
}

/**
 * @param {string | Date} moment
 * @param {string} language
 */
export function timeText(moment, language) {
  return new Intl.DateTimeFormat(latin(language), { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
}

/**
 * @param {number} bytes
 * @param {string} language
 */
export function sizeText(bytes, language) {
  const [value, unit] = bytes >= 1e6 ? [bytes / 1e6, "megabyte"] : [bytes / 1e3, "kilobyte"];
  const form = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(latin(language), /** @type {Intl.NumberFormatOptions} */ (form)).format(value);
}
