// @ts-check
/**
 * How a typed number is read; the rule is told in assessments/questions/numeric/reading.py.
 *
 * A number is exact: whole units and how many decimals they have. 12.50 is {units: 1250n, places: 2}.
 *
 * @typedef {{units: bigint, places: number}} Exact
 */

export const LONGEST_NUMBER = 40;

const PASSED_OVER = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const EASTERN = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const MINUS = /[\u2010-\u2015\u2212\ufe63\uff0d]/gu;
const SPACES = /[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;

const SIGNED = /^ *([+-]?) *([0-9 ',.\u066b]*?) *$/u;
const PLAINLY = /^([0-9]*)(?:([,.\u066b])([0-9]*))?$/u;
const GROUPED = /^[1-9][0-9]{0,2}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[,.\u066b]([0-9]*))?$/u;
const POINTED = /^[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+(?:[.\u066b]([0-9]*))?|(?:\.[0-9]{3})+(?:[,\u066b]([0-9]*))?)$/u;

/** Return the numbers that a text can mean: none, one, or two. @param {string} text @returns {Exact[]} */
export function readingsOf(text) {
  if (text.length > 2 * LONGEST_NUMBER || [...text].length > LONGEST_NUMBER) return [];
  const signed = SIGNED.exec(unified(text));
  if (!signed) return [];
  const values = valuesOf(signed[2]);
  return signed[1] === "-" ? values.map(({ units, places }) => ({ units: -units, places })) : values;
}

/** Return a number of a structure. @param {string} text @returns {Exact} */
export function exact(text) {
  const [whole, decimals = ""] = text.split(".");
  return { units: BigInt(whole + decimals), places: decimals.length };
}

/** Return a + b; with `sign` -1n, a - b. @param {Exact} a @param {Exact} b @returns {Exact} */
export function plus(a, b, sign = 1n) {
  const places = Math.max(a.places, b.places);
  return { units: a.units * ten(places - a.places) + sign * b.units * ten(places - b.places), places };
}

/** @param {Exact} a @param {Exact} b @returns {Exact} */
export function times(a, b) {
  return { units: a.units * b.units, places: a.places + b.places };
}

/** Tell whether a is no more than b. @param {Exact} a @param {Exact} b */
export function isAtMost(a, b) {
  return plus(a, b, -1n).units <= 0n;
}

/** @param {number} places */
function ten(places) {
  return 10n ** BigInt(places);
}

/** @param {string} text */
function unified(text) {
  return text
    .replace(PASSED_OVER, "")
    .replace(EASTERN, (digit) => String(/** @type {number} */ (digit.codePointAt(0)) % 16))
    .replace(MINUS, "-")
    .replace(SPACES, " ")
    .replace(/\u060c/gu, ",")
    .replace(/[\u066c\u2018\u2019\u02bc]/gu, "'");
}

/** @param {string} body @returns {Exact[]} */
function valuesOf(body) {
  const plainly = PLAINLY.exec(body);
  if (plainly && (plainly[1] || plainly[3])) {
    const [, whole, sign, decimals = ""] = plainly;
    const found = [numberOf(whole, decimals)];
    if ((sign === "," || sign === ".") && POINTED.test(body)) found.push(numberOf(whole + decimals, ""));
    return found;
  }
  const grouped = GROUPED.exec(body);
  const pointed = grouped ? null : POINTED.exec(body);
  if (!grouped && !pointed) return [];
  const decimals = grouped ? grouped[2] : pointed?.[1] ?? pointed?.[2];
  const whole = decimals === undefined ? body : body.slice(0, body.length - decimals.length - 1);
  return [numberOf(whole.replace(/[^0-9]/gu, ""), decimals ?? "")];
}

/** @param {string} whole @param {string} decimals @returns {Exact} */
function numberOf(whole, decimals) {
  return { units: BigInt(whole + decimals || "0"), places: decimals.length };
}
