// @ts-check
/**
 * The keys of people on a device. Pure but for the browser's cryptography; nothing is stored here.
 *
 * - The data key of a person encrypts what stands in their database. Open it exists in memory only, non-extractable.
 *   Stored it is wrapped: under a key made from the PIN where there is one, and then under the device's wrap key.
 * - The signing key speaks for a person on this device. It is made non-extractable and never leaves the browser.
 * - A sealed line can be opened by the site alone: it survives a forgotten PIN and a suspended login.
 */

import { fromBase64, toBase64 } from "./base64.js";

/** @typedef {{iv: Uint8Array<ArrayBuffer>, ct: ArrayBuffer}} Box */
/** @typedef {{salt: Uint8Array<ArrayBuffer> | null, iterations: number, iv: Uint8Array<ArrayBuffer>, ct: ArrayBuffer}} Wrapped */

// Costs whoever guesses PINs at least a tenth of a second a try on a device of our time.
const ITERATIONS = 1_000_000;
const IV_BYTES = 12;
const SALT_BYTES = 16;
const DATA_KEY_BYTES = 32;
const SEAL_INFO = "relais-sealed-1";
const CURVE = "P-256";
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The PIN does not open the data key, or what is stored was changed. */
export class WrongPinError extends Error {}

/** Tell whether this page may use cryptography: not on plain http, save on the machine itself. */
export function hasCrypto() {
  return typeof crypto !== "undefined" && Boolean(crypto.subtle);
}

/** @param {number} count @returns {Uint8Array<ArrayBuffer>} */
export function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Make the key under which this device wraps all others. @returns {Promise<CryptoKey>} */
export function newWrapKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Make a signing key. @returns {Promise<{signingKey: CryptoKey, publicKey: string}>} the public half as SPKI, base64 */
export async function newSigningKey() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: CURVE }, false, ["sign", "verify"]);
  return { signingKey: pair.privateKey, publicKey: toBase64(await crypto.subtle.exportKey("spki", pair.publicKey)) };
}

/** Return the bytes of a new data key; they are wrapped at once and then forgotten. */
export function newDataKey() {
  return randomBytes(DATA_KEY_BYTES);
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<CryptoKey>} */
export function openDataKey(bytes) {
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * Wrap the bytes of a data key for its store, under the PIN where one is given.
 * @param {Uint8Array<ArrayBuffer>} bytes @param {string} storeId @param {string} pin @param {CryptoKey} wrapKey
 * @returns {Promise<Wrapped>}
 */
export async function wrapDataKey(bytes, storeId, pin, wrapKey) {
  const salt = pin ? randomBytes(SALT_BYTES) : null;
  const inner = salt ? await packed(await pinKey(pin, salt, ITERATIONS), bytes, storeId) : bytes;
  return { salt, iterations: salt ? ITERATIONS : 0, ...(await enclose(wrapKey, inner, storeId)) };
}

/**
 * Return the bytes of a wrapped data key; WrongPinError where the PIN is not the one.
 * @param {Wrapped} wrapped @param {string} storeId @param {string} pin @param {CryptoKey} wrapKey
 */
export async function unwrapDataKey(wrapped, storeId, pin, wrapKey) {
  try {
    const inner = new Uint8Array(await disclose(wrapKey, wrapped, storeId));
    if (!wrapped.salt) return inner;
    const box = { iv: inner.slice(0, IV_BYTES), ct: inner.slice(IV_BYTES).buffer };
    return new Uint8Array(await disclose(await pinKey(pin, wrapped.salt, wrapped.iterations), box, storeId));
  } catch {
    throw new WrongPinError();
  }
}

/** Encrypt a value that JSON can hold. @param {CryptoKey} key @param {unknown} value @returns {Promise<Box>} */
export function encrypt(key, value) {
  return enclose(key, encoder.encode(JSON.stringify(value)));
}

/** @param {CryptoKey} key @param {Box} box @returns {Promise<any>} */
export async function decrypt(key, box) {
  return JSON.parse(decoder.decode(await disclose(key, box)));
}

/** Sign a text. @param {CryptoKey} key @param {string} text @returns {Promise<string>} r and s as 64 bytes, base64 */
export async function sign(key, text) {
  return toBase64(await crypto.subtle.sign(SIGNATURE, key, encoder.encode(text)));
}

/**
 * Tell whether a signature over a text was made by the owner of a public key.
 * @param {string} publicKey SPKI, base64 @param {string} signature @param {string} text
 */
export async function isSignedBy(publicKey, signature, text) {
  const form = { name: "ECDSA", namedCurve: CURVE };
  const key = await crypto.subtle.importKey("spki", fromBase64(publicKey), form, false, ["verify"]);
  return crypto.subtle.verify(SIGNATURE, key, fromBase64(signature), encoder.encode(text));
}

/**
 * Return what seals lines to the site. One ephemeral key serves a page: each line has an own random iv.
 * @param {string} sealingKey the site's public key as SPKI, base64
 * @returns {Promise<(text: string) => Promise<string>>}
 */
export async function sealer(sealingKey) {
  const form = { name: "ECDH", namedCurve: CURVE };
  const theirs = await crypto.subtle.importKey("spki", fromBase64(sealingKey), form, false, []);
  const ours = await crypto.subtle.generateKey(form, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const mix = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: encoder.encode(SEAL_INFO) };
  const key = await crypto.subtle.deriveKey(mix, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const point = toBase64(await crypto.subtle.exportKey("raw", ours.publicKey));
  return async (text) => {
    const { iv, ct } = await enclose(key, encoder.encode(text));
    return `sealed ${point} ${toBase64(iv)} ${toBase64(ct)}`;
  };
}

/** Write a PIN in one way: digits of any script as 0 to 9, letters in one form. @param {string} typed */
export function plainPin(typed) {
  return typed.normalize("NFKC").trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String(digit.charCodeAt(0) & 15));
}

/** @param {string} pin @param {Uint8Array<ArrayBuffer>} salt @param {number} iterations @returns {Promise<CryptoKey>} */
async function pinKey(pin, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(plainPin(pin)), "PBKDF2", false, ["deriveKey"]);
  const cost = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(cost, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * @param {CryptoKey} key @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} place whose it is: a box that was moved to another person's row does not open @returns {Promise<Box>}
 */
async function enclose(key, bytes, place = "") {
  const iv = randomBytes(IV_BYTES);
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(place) }, key, bytes);
  return { iv, ct };
}

/** @param {CryptoKey} key @param {Box} box @returns {Promise<ArrayBuffer>} */
function disclose(key, { iv, ct }, place = "") {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(place) }, key, ct);
}

/** @param {CryptoKey} key @param {Uint8Array<ArrayBuffer>} bytes @param {string} place */
async function packed(key, bytes, place) {
  const { iv, ct } = await enclose(key, bytes, place);
  const both = new Uint8Array(iv.length + ct.byteLength);
  both.set(iv);
  both.set(new Uint8Array(ct), iv.length);
  return both;
}
