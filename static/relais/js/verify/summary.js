// @ts-check
/** The signed summary in a link's fragment: the twin of certificates/verification/summary.py, where the form stands. */

import { fromBase43 } from "./base43.js";
import { joined, Reader, textOf, UnreadableError, utf8 } from "./bytes.js";

const OPENING = "R1:";
const CLOSING = ":R";
const SIGNATURE_BYTES = 64;
const SIGNED_AS = utf8("relais-award-v1\0");
// Crockford's base32: no I, L, O or U.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * @typedef {object} Summary
 * @property {string} serial
 * @property {string} country
 * @property {number} version
 * @property {string} language
 * @property {number} issuedOn
 * @property {number | null} validUntil
 * @property {number} listNumber
 * @property {number} listIndex
 * @property {string} name
 * @property {string} nameOther
 * @property {string} title
 * @property {string} issuer
 * @property {Uint8Array} delegation
 * @property {Uint8Array} signed the bytes under the signature
 * @property {Uint8Array} signature
 */

/** Return what a fragment says; UnreadableError where it is none. Nothing is verified here. @param {string} fragment @returns {Summary} */
export function readFragment(fragment) {
  if (!fragment.startsWith(OPENING) || !fragment.endsWith(CLOSING)) throw new UnreadableError("not whole");
  return readBytes(fromBase43(fragment.slice(OPENING.length, -CLOSING.length)));
}

/** @param {Uint8Array} content @returns {Summary} */
function readBytes(content) {
  const body = content.subarray(0, Math.max(content.length - SIGNATURE_BYTES, 0));
  const reader = new Reader(body);
  if (reader.number(1) !== 1) throw new UnreadableError("a later layout");
  const said = fieldsOf(reader);
  if (!reader.isAtEnd()) throw new UnreadableError("bytes too many");
  return { ...said, signed: joined(SIGNED_AS, body), signature: content.subarray(body.length) };
}

/** @param {Reader} reader */
function fieldsOf(reader) {
  const country = capitals(reader, /^[A-Z]{2}$/);
  return {
    country,
    serial: `RLS-${country}-${year(reader)}-${letters(reader)}`,
    version: reader.number(2),
    language: capitals(reader, /^[a-z]{2}$/),
    issuedOn: day(reader.number(2)),
    validUntil: reader.number(2) || null,
    listNumber: reader.number(2),
    listIndex: reader.number(4),
    name: text(reader),
    nameOther: text(reader),
    title: text(reader),
    issuer: text(reader),
    delegation: reader.take(reader.number(1)),
  };
}

/** @param {Reader} reader @param {RegExp} form */
function capitals(reader, form) {
  const found = textOf(reader.take(2));
  if (!form.test(found)) throw new UnreadableError("no code of two letters");
  return found;
}

/** @param {Reader} reader */
function year(reader) {
  const found = reader.number(2);
  if (found > 9999) throw new UnreadableError("no year");
  return String(found).padStart(4, "0");
}

/** @param {Reader} reader */
function letters(reader) {
  const bits = Array.from(reader.take(5), (byte) => byte.toString(2).padStart(8, "0")).join("");
  const found = Array.from({ length: 8 }, (_, at) => LETTERS[parseInt(bits.slice(5 * at, 5 * at + 5), 2)]).join("");
  return `${found.slice(0, 4)}-${found.slice(4)}`;
}

/** @param {number} number */
function day(number) {
  if (!number) throw new UnreadableError("no first day");
  return number;
}

/** @param {Reader} reader */
function text(reader) {
  return textOf(reader.take(reader.number(2)));
}
