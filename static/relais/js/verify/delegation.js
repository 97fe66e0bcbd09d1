// @ts-check
/** What the site's root says of a key: the twin of certificates/credentials/delegation.py, where the form stands. */

import { joined, Reader, textOf, UnreadableError, utf8 } from "./bytes.js";
import { isSigned, readPoint } from "./p256.js";

const CONTEXT = utf8("relais-delegation-v1\0");
const KEY_BYTES = 33;
const SIGNATURE_BYTES = 64;
const ED25519 = 0xed;
export const CERTIFICATES = 1;
export const CREDENTIALS = 2;

/**
 * @typedef {object} Delegation
 * @property {number} purpose
 * @property {Uint8Array} key
 * @property {number} firstDay
 * @property {number} lastDay
 * @property {string[]} countries
 * @property {boolean} isTrusted whether this root signed it
 */

/** Return what is said, and whether this root said it. @param {Uint8Array} content @param {import("./p256.js").Point} root @returns {Delegation} */
export function readDelegation(content, root) {
  const reader = new Reader(content);
  if (reader.number(1) !== 1) throw new UnreadableError("a later delegation");
  const purpose = reader.number(1);
  const key = reader.take(KEY_BYTES);
  const [firstDay, lastDay] = [reader.number(2), reader.number(2)];
  const countries = Array.from({ length: reader.number(1) }, () => textOf(reader.take(2)));
  const signature = reader.take(SIGNATURE_BYTES);
  if (!reader.isAtEnd() || !isSound(purpose, key) || lastDay < firstDay || !countries.every((code) => /^[A-Z]{2}$/.test(code))) {
    throw new UnreadableError("no sound delegation");
  }
  const signed = joined(CONTEXT, content.subarray(0, content.length - SIGNATURE_BYTES));
  return { purpose, key, firstDay, lastDay, countries, isTrusted: isSigned(root, signature, signed) };
}

/** Tell whether the key may sign for an award of that day and country. @param {Delegation} delegation @param {number} issuedOn @param {string} country */
export function covers(delegation, issuedOn, country) {
  const { firstDay, lastDay, countries } = delegation;
  return firstDay <= issuedOn && issuedOn <= lastDay && (!countries.length || countries.includes(country));
}

/** A key of the wrong kind for its purpose is refused here. @param {number} purpose @param {Uint8Array} key */
function isSound(purpose, key) {
  return purpose === CERTIFICATES ? Boolean(readPoint(key)) : purpose === CREDENTIALS && key[0] === ED25519;
}
