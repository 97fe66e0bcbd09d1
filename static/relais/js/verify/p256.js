// @ts-check
/**
 * Checking ECDSA signatures on P-256 (FIPS 186-5, section 6.4.2), wherever the browser lends its own or not.
 *
 * Checking only: nothing here is secret, so nothing has to take the same time each time. Points are Jacobian
 * (x = X/Z², y = Y/Z³; Cohen, Miyaji and Ono 1998), so that one check inverts only once.
 */

import { toNumber } from "./bytes.js";
import { sha256 } from "./sha2.js";

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
/** @typedef {[bigint, bigint, bigint]} Point */
/** @type {Point} */
const G = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  1n,
];
/** @type {Point} */
const INFINITY = [1n, 1n, 0n];
const PART = 32;

/**
 * Return the key of a compressed point (33 bytes) or an uncompressed one (65); null for anything else.
 * @param {Uint8Array} bytes
 * @returns {Point | null}
 */
export function readPoint(bytes) {
  const x = toNumber(bytes.subarray(1, 1 + PART));
  if (x >= P) return null;
  const square = mod(x * x * x - 3n * x + B);
  const root = power(square, (P + 1n) / 4n);
  if (mod(root * root) !== square) return null;
  if (bytes.length === 1 + PART && (bytes[0] === 2 || bytes[0] === 3)) {
    return [x, (root & 1n) === BigInt(bytes[0] & 1) ? root : P - root, 1n];
  }
  if (bytes.length !== 1 + 2 * PART || bytes[0] !== 4) return null;
  const y = toNumber(bytes.subarray(1 + PART));
  return y === root || y === P - root ? [x, y, 1n] : null;
}

/**
 * Tell whether the owner of a key signed the content: r||s of 64 bytes.
 * @param {Point} key
 * @param {Uint8Array} signature
 * @param {Uint8Array} content
 * @returns {boolean}
 */
export function isSigned(key, signature, content) {
  if (signature.length !== 2 * PART) return false;
  const r = toNumber(signature.subarray(0, PART));
  const s = toNumber(signature.subarray(PART));
  if (r < 1n || r >= N || s < 1n || s >= N) return false;
  const inverse = inverted(s, N);
  const u1 = (toNumber(sha256(content)) * inverse) % N;
  const [x, , z] = sumOfProducts(u1, (r * inverse) % N, key);
  if (z === 0n) return false;
  const affine = mod(x * inverted(mod(z * z), P));
  return affine % N === r;
}

/** Tell whether s is in the lower half: of the two signatures anybody can make of one, the one that counts. @param {Uint8Array} signature */
export function isLower(signature) {
  return toNumber(signature.subarray(PART)) <= N / 2n;
}

/** u1 G + u2 Q, one doubling for both (Shamir's trick). @param {bigint} u1 @param {bigint} u2 @param {Point} q @returns {Point} */
function sumOfProducts(u1, u2, q) {
  const both = added(G, q);
  const [one, two] = [u1.toString(2).padStart(256, "0"), u2.toString(2).padStart(256, "0")];
  let sum = INFINITY;
  for (let at = 0; at < 256; at += 1) {
    sum = doubled(sum);
    if (one[at] === "1") sum = added(sum, two[at] === "1" ? both : G);
    else if (two[at] === "1") sum = added(sum, q);
  }
  return sum;
}

/** @param {Point} point @returns {Point} */
function doubled([x, y, z]) {
  if (z === 0n || y === 0n) return INFINITY;
  const square = mod(y * y);
  const s = mod(4n * x * square);
  const zz = mod(z * z);
  const m = mod(3n * (x - zz) * (x + zz));
  const x3 = mod(m * m - 2n * s);
  return [x3, mod(m * (s - x3) - 8n * square * square), mod(2n * y * z)];
}

/** @param {Point} one @param {Point} other @returns {Point} */
function added(one, other) {
  if (one[2] === 0n) return other;
  if (other[2] === 0n) return one;
  const [zz1, zz2] = [mod(one[2] * one[2]), mod(other[2] * other[2])];
  const [u1, u2] = [mod(one[0] * zz2), mod(other[0] * zz1)];
  const [s1, s2] = [mod(one[1] * other[2] * zz2), mod(other[1] * one[2] * zz1)];
  if (u1 === u2) return s1 === s2 ? doubled(one) : INFINITY;
  const h = mod(u2 - u1);
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const r = mod(s2 - s1);
  const v = mod(u1 * hh);
  const x3 = mod(r * r - hhh - 2n * v);
  return [x3, mod(r * (v - x3) - s1 * hhh), mod(h * one[2] * other[2])];
}

/** @param {bigint} number */
function mod(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}

/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let result = 1n;
  for (let left = exponent, square = base; left; left >>= 1n) {
    if (left & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}

/** The inverse by Euclid. @param {bigint} number @param {bigint} modulus @returns {bigint} */
function inverted(number, modulus) {
  let [a, b, x, y] = [((number % modulus) + modulus) % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, x, y] = [b - quotient * a, a, y - quotient * x, x];
  }
  return ((x % modulus) + modulus) % modulus;
}
