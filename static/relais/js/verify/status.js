// @ts-check
/** The signed text of what does not stand: the twin of certificates/verification/status.py. */

import { fromBase64, joined, UnreadableError, utf8 } from "./bytes.js";
import { dayOfText } from "./days.js";
import { CERTIFICATES, readDelegation } from "./delegation.js";
import { isSigned, readPoint } from "./p256.js";
import { unpacked } from "./unpacking.js";

const CONTEXT = utf8("relais-status-v1\0");
const LARGEST_BYTES = 2 ** 20;

/**
 * @typedef {object} StatusLists
 * @property {number} listedOn
 * @property {number} nextUpdate
 * @property {number} issuedAt in milliseconds
 * @property {Map<number, { withdrawn: Uint8Array, superseded: Uint8Array }>} lists
 */

/**
 * Return the lists of a signed status; null where this root does not stand behind it, or it can't be read here.
 * @param {any} said
 * @param {import("./p256.js").Point} root
 * @returns {Promise<StatusLists | null>}
 */
export async function readStatus(said, root) {
  try {
    const text = /** @type {string} */ (said.text);
    const delegation = readDelegation(fromBase64(said.delegation), root);
    const key = delegation.isTrusted && delegation.purpose === CERTIFICATES ? readPoint(delegation.key) : null;
    if (!key || !isSigned(key, fromBase64(said.signature), joined(CONTEXT, utf8(text)))) return null;
    return await listsIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** @param {any} said @returns {Promise<StatusLists>} */
async function listsIn(said) {
  const lists = new Map();
  for (const each of said.lists) {
    lists.set(each.id, { withdrawn: await bitsOf(each.bits), superseded: await bitsOf(each.superseded) });
  }
  const [listedOn, nextUpdate] = [dayOfText(said.issued_at), dayOfText(said.next_update)];
  if (Number.isNaN(listedOn + nextUpdate)) throw new UnreadableError("no date");
  return { listedOn, nextUpdate, issuedAt: Date.parse(said.issued_at), lists };
}

/** @param {string} text */
async function bitsOf(text) {
  const bits = await unpacked(fromBase64(text), "gzip", LARGEST_BYTES);
  if (!bits) throw new UnreadableError("no list");
  return bits;
}

/** Tell what the lists say of a place. @param {StatusLists} status @param {number} number @param {number} index @param {number} today */
export function standingIn(status, number, index, today) {
  const list = status.lists.get(number);
  if (!list || index >= 8 * list.withdrawn.length) return "unknown";
  if (isSet(list.withdrawn, index)) return isSet(list.superseded, index) ? "superseded" : "revoked";
  return today > status.nextUpdate ? "list-too-old" : "in-force";
}

/** @param {Uint8Array} bits @param {number} index */
function isSet(bits, index) {
  return Boolean((bits[index >> 3] >> (7 - (index & 7))) & 1);
}
