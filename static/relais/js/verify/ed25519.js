// @ts-check
/**
 * Checking Ed25519 signatures (RFC 8032, section 5.1.7): browsers have their own since 2025 only.
 *
 * Checking only: nothing here is secret. Points are extended (x = X/Z, y = Y/Z, T = XY/Z; Hisil and others 2008).
 */

import { isSame, joined, toNumber } from "./bytes.js";
import { sha512 } from "./sha2.js";

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const ROOT_OF_MINUS_1 = power(2n, (P - 1n) / 4n);
/** @typedef {[bigint, bigint, bigint, bigint]} Point */
const BASE = /** @type {Point} */ (decoded(littleEndian(mod(4n * power(5n, P - 2n)), 32)));
/** @type {Point} */
const NEUTRAL = [0n, 1n, 1n, 0n];

/**
 * Tell whether the owner of a key of 32 bytes signed the content.
 * @param {Uint8Array} key
 * @param {Uint8Array} signature
 * @param {Uint8Array} content
 * @returns {boolean}
 */
export function isSignedEd25519(key, signature, content) {
  const point = key.length === 32 ? decoded(key) : null;
  if (!point || signature.length !== 64) return false;
  const start = signature.subarray(0, 32);
  const s = toNumber(reversed(signature.subarray(32)));
  if (s >= L) return false;
  const k = toNumber(reversed(sha512(joined(start, key, content)))) % L;
  // R = sB - kA, compared as bytes: no other spelling of R counts.
  return isSame(encoded(added(times(s, BASE), times(k, negative(point)))), start);
}

/** @param {Uint8Array} bytes @returns {Point | null} */
function decoded(bytes) {
  const number = toNumber(reversed(bytes));
  const y = number & (2n ** 255n - 1n);
  if (y >= P) return null;
  const [u, v] = [mod(y * y - 1n), mod(D * y * y + 1n)];
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) !== u) x = mod(x * ROOT_OF_MINUS_1);
  if (mod(v * x * x) !== u) return null;
  const sign = number >> 255n;
  if (x === 0n && sign) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

/** @param {Point} point @returns {Uint8Array} */
function encoded([x, y, z]) {
  const inverse = power(z, P - 2n);
  return littleEndian(mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n), 32);
}

/** @param {bigint} factor @param {Point} point @returns {Point} */
function times(factor, point) {
  let sum = NEUTRAL;
  for (const bit of factor.toString(2)) {
    sum = added(sum, sum);
    if (bit === "1") sum = added(sum, point);
  }
  return sum;
}

/** @param {Point} one @param {Point} other @returns {Point} */
function added([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * D * t1 * t2);
  const d = mod(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

/** @param {Point} point @returns {Point} */
function negative([x, y, z, t]) {
  return [mod(-x), y, z, mod(-t)];
}

/** @param {bigint} number */
function mod(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}

/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let result = 1n;
  for (let left = exponent, square = mod(base); left; left >>= 1n) {
    if (left & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

/** @param {bigint} number @param {number} length */
function littleEndian(number, length) {
  return Uint8Array.from({ length }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));
}

/** @param {Uint8Array} bytes */
function reversed(bytes) {
  return Uint8Array.from(bytes).reverse();
}
