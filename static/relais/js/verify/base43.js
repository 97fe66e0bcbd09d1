// @ts-check
/** Bytes as text for the fragment of a link: the twin of certificates/verification/base43.py. */

import { UnreadableError } from "./bytes.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-./:";
const BASE = ALPHABET.length;

/** Return the bytes of a text in its one spelling; UnreadableError for any other. @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase43(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) bytes.push(...bytesOf(text.slice(at, at + 3)));
  return Uint8Array.from(bytes);
}

/** @param {string} block @returns {number[]} */
function bytesOf(block) {
  const values = Array.from(block, (character) => ALPHABET.indexOf(character));
  if (values.length < 2 || values.includes(-1)) throw new UnreadableError("no block of base 43");
  const number = values.reduceRight((sum, value) => sum * BASE + value, 0);
  if (number >= 256 ** (values.length - 1)) throw new UnreadableError("a block above its bytes");
  return values.length === 3 ? [number >> 8, number & 255] : [number];
}
