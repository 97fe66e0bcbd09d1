// @ts-check
/**
 * One byte form for one value, the twin of elearning/lib/canonical.py: sorted ASCII keys, no white
 * space, whole numbers that every reader keeps exactly. What is signed here is checked there.
 */

/** The value has something that two implementations could write in two ways. */
export class NotCanonicalError extends Error {}

const encoder = new TextEncoder();
// With the flag u a pair of surrogates is one character: what this finds stands alone.
const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Return the canonical text of a value of plain objects, arrays, strings, whole numbers, true, false, null.
 * @param {unknown} value
 * @returns {string}
 */
export function canonicalJson(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return textOf(value);
  if (typeof value === "number") return numberOf(value);
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(",")}]`;
  if (isPlain(value)) return `{${Object.keys(value).sort().map((key) => `${keyOf(key)}:${canonicalJson(value[key])}`).join(",")}}`;
  throw new NotCanonicalError(`a ${typeof value} has no canonical form`);
}

/**
 * Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits.
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function sha256Hex(text) {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text))));
}

/** @param {Uint8Array} bytes */
export function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text */
function textOf(text) {
  if (LONE_SURROGATE.test(text)) throw new NotCanonicalError("half of a character has no UTF-8");
  return JSON.stringify(text);
}

/** @param {number} number */
function numberOf(number) {
  if (!Number.isSafeInteger(number)) throw new NotCanonicalError(`${number} is no whole number that every reader keeps`);
  // JSON has a minus zero, Python's whole numbers have none.
  return String(number === 0 ? 0 : number);
}

/** Two sorting orders would differ on keys beyond ASCII. @param {string} key */
function keyOf(key) {
  if (NOT_ASCII.test(key)) throw new NotCanonicalError(`key ${key} is not ASCII`);
  return JSON.stringify(key);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const kind = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
}
