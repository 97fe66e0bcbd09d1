// @ts-check
/** Read DER and nothing that is not DER: the twin of certificates/verification/der.py. */

import { toNumber, UnreadableError } from "./bytes.js";

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const CONTEXT = 0xa0;
const INTEGER = 0x02;

/** @typedef {{ tag: number, content: Uint8Array, raw: Uint8Array }} Node */

/** Return the values that stand one after another. @param {Uint8Array} content @returns {Node[]} */
export function nodes(content) {
  const found = [];
  for (let at = 0; at < content.length; ) {
    const node = first(content.subarray(at));
    found.push(node);
    at += node.raw.length;
  }
  return found;
}

/** Return the value that the bytes begin with. @param {Uint8Array} content @returns {Node} */
export function first(content) {
  if (content.length < 2 || (content[0] & 0x1f) === 0x1f) throw new UnreadableError("no value");
  let start = 2;
  let length = content[1];
  if (length >= 128) {
    const size = length - 128;
    start += size;
    length = content.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    if (size < 1 || size > 3 || length < 128 || length < 256 ** (size - 1)) throw new UnreadableError("a length that is not short");
  }
  if (start + length > content.length) throw new UnreadableError("a value that ends too early");
  return { tag: content[0], content: content.subarray(start, start + length), raw: content.subarray(0, start + length) };
}

/** Return the content of a value of this tag. @param {Node | undefined} node @param {number} tag */
export function expect(node, tag) {
  if (node?.tag !== tag) throw new UnreadableError(`no value of tag ${tag}`);
  return node.content;
}

/** Return the values inside a value of this tag. @param {Node | undefined} node @param {number} [tag] */
export function parts(node, tag = SEQUENCE) {
  return nodes(expect(node, tag));
}

/** Return the one value inside a value of this tag. @param {Node | undefined} node @param {number} tag */
export function only(node, tag) {
  const found = parts(node, tag);
  if (found.length !== 1) throw new UnreadableError("not one value");
  return found[0];
}

/** Return a positive number below 2^256 as 32 bytes. @param {Node} node @returns {Uint8Array} */
export function positive(node) {
  const content = expect(node, INTEGER);
  const isShort = content.length > 0 && (content[0] !== 0 || content[1] >= 128);
  if (!isShort || content[0] >= 128 || toNumber(content) === 0n || content.length > 33) throw new UnreadableError("no positive number");
  const digits = content[0] === 0 ? content.subarray(1) : content;
  if (digits.length > 32) throw new UnreadableError("a number too large");
  const whole = new Uint8Array(32);
  whole.set(digits, 32 - digits.length);
  return whole;
}
