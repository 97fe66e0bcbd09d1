// @ts-check
/** Bytes: the few things that several readers do with them. */

/** What was given is not in the form that it should have. */
export class UnreadableError extends Error {}

/** @param {Uint8Array} bytes @returns {bigint} */
export function toNumber(bytes) {
  let hex = "0";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return BigInt(`0x${hex}`);
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export function isSame(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** @param {Uint8Array} bytes @returns {string} the text; UnreadableError where they are no UTF-8 */
export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnreadableError("no UTF-8");
  }
}

/** Bytes of base64, also of the form for addresses. @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(text) {
  try {
    const plain = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
  } catch {
    throw new UnreadableError("no base64");
  }
}

/** @param {Uint8Array} bytes @returns {string} the one spelling of these bytes for addresses, without padding */
export function toBase64Url(bytes) {
  const plain = btoa(String.fromCharCode(...bytes));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Take bytes from the front, UnreadableError where there are too few. */
export class Reader {
  /** @param {Uint8Array} content */
  constructor(content) {
    this.content = content;
    this.at = 0;
  }

  /** @param {number} length @returns {Uint8Array} */
  take(length) {
    if (this.at + length > this.content.length) throw new UnreadableError(`no ${length} bytes left`);
    this.at += length;
    return this.content.subarray(this.at - length, this.at);
  }

  /** @param {number} length at most 6 bytes @returns {number} */
  number(length) {
    return this.take(length).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  isAtEnd() {
    return this.at === this.content.length;
  }
}
