// @ts-check
/** Bytes as base64 text and back: the form in which keys and signatures travel. */

// String.fromCharCode takes its arguments from the stack: larger pieces overflow it on small devices.
const PIECE = 8192;

/** @param {ArrayBuffer | Uint8Array} given @returns {string} */
export function toBase64(given) {
  const bytes = given instanceof Uint8Array ? given : new Uint8Array(given);
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(binary);
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
