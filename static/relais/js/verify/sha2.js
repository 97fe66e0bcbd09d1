// @ts-check
/**
 * SHA-256 and SHA-512 (FIPS 180-4).
 *
 * The browser has its own, but only in secure contexts, and a certificate is also checked where there is
 * none: on the plain http of a training centre's room, and in a file on a stick. What is checked is public:
 * nothing here handles a secret, so that the time it takes tells nobody anything.
 */

/** The first primes; their cube roots give the constants, the square roots of the first eight the start. */
const PRIMES = primes(80);
const MASK_64 = (1n << 64n) - 1n;
const K_512 = PRIMES.map((prime) => fractionOfRoot(prime, 3n));
const START_512 = PRIMES.slice(0, 8).map((prime) => fractionOfRoot(prime, 2n));
// The constants of SHA-256 are the upper halves of the same fractions.
const K_256 = K_512.slice(0, 64).map((each) => Number(each >> 32n) | 0);
const START_256 = START_512.map((each) => Number(each >> 32n) | 0);

/** @param {Uint8Array} content @returns {Uint8Array<ArrayBuffer>} 32 bytes */
export function sha256(content) {
  const state = Int32Array.from(START_256);
  const block = padded(content, 64, 8);
  const words = new Int32Array(64);
  const view = new DataView(block.buffer);
  for (let at = 0; at < block.length; at += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    mix256(state, words);
  }
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  state.forEach((word, i) => out.setInt32(4 * i, word));
  return digest;
}

/** @param {Int32Array} state @param {Int32Array} words */
function mix256(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K_256[i] + words[i]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = (state[i] + word) | 0));
}

/** @param {Uint8Array} content @returns {Uint8Array<ArrayBuffer>} 64 bytes */
export function sha512(content) {
  let state = START_512;
  const block = padded(content, 128, 16);
  const view = new DataView(block.buffer);
  for (let at = 0; at < block.length; at += 128) {
    const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i));
    for (let i = 16; i < 80; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const s0 = turn64(x, 1n) ^ turn64(x, 8n) ^ (x >> 7n);
      const s1 = turn64(y, 19n) ^ turn64(y, 61n) ^ (y >> 6n);
      words.push((words[i - 16] + s0 + words[i - 7] + s1) & MASK_64);
    }
    state = mixed512(state, words);
  }
  const digest = new Uint8Array(64);
  const out = new DataView(digest.buffer);
  state.forEach((word, i) => out.setBigUint64(8 * i, word));
  return digest;
}

/** @param {bigint[]} state @param {bigint[]} words @returns {bigint[]} */
function mixed512(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 80; i += 1) {
    const s1 = turn64(e, 14n) ^ turn64(e, 18n) ^ turn64(e, 41n);
    const t1 = (h + s1 + ((e & f) ^ ((e ^ MASK_64) & g)) + K_512[i] + words[i]) & MASK_64;
    const s0 = turn64(a, 28n) ^ turn64(a, 34n) ^ turn64(a, 39n);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK_64;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK_64, c, b, a, (t1 + t2) & MASK_64];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (state[i] + word) & MASK_64);
}

/** Content, one bit, zeros, and its length in bits. @param {Uint8Array} content @param {number} size @param {number} room */
function padded(content, size, room) {
  const block = new Uint8Array(Math.ceil((content.length + 1 + room) / size) * size);
  block.set(content);
  block[content.length] = 0x80;
  new DataView(block.buffer).setBigUint64(block.length - 8, 8n * BigInt(content.length));
  return block;
}

/** @param {number} word @param {number} by */
function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** @param {bigint} word @param {bigint} by */
function turn64(word, by) {
  return ((word >> by) | (word << (64n - by))) & MASK_64;
}

/** @param {number} count @returns {bigint[]} */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let each = 2; found.length < count; each += 1) if (found.every((prime) => each % prime)) found.push(each);
  return found.map(BigInt);
}

/** The first 64 bits behind the point of a root. @param {bigint} number @param {bigint} degree @returns {bigint} */
function fractionOfRoot(number, degree) {
  const target = number << (64n * degree);
  let low = 0n;
  let high = 1n << 80n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= target) low = middle;
    else high = middle;
  }
  return low & MASK_64;
}
