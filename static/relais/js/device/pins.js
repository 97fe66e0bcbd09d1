// @ts-check
/** PINs: what is too easy, and how many wrong ones there may be before a person's keys go. */

import { WrongPinError, plainPin, unwrapDataKey, wrapDataKey } from "./keys.js";
import { changeRow, eraseRow, hasPin, rowOf, wrapKey } from "./roster.js";

/** @typedef {import("./roster.js").Row} Row */

const MOST_TRIES = 10;
const SHORTEST_PIN = 6;
const LOCK = "relais-people";

/** The PIN was wrong; `left` tries remain, none when the keys are erased. */
export class RefusedPinError extends Error {
  /** @param {number} left */
  constructor(left) {
    super(`${left} tries left`);
    this.left = left;
  }
}

/** The PIN is too short or too easy. */
export class WeakPinError extends Error {}

/** Tell whether a PIN is too short, one character repeated, or a straight row such as 123456. @param {string} pin */
export function isWeak(pin) {
  const codes = [...plainPin(pin)].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - codes[index]));
  return codes.length < SHORTEST_PIN || (steps.size === 1 && [-1, 0, 1].includes([...steps][0]));
}

/**
 * Open a data key with a PIN. The try is counted before it: a tab that is killed in between has used one up.
 * @param {string} storeId @param {string} pin @returns {Promise<{row: Row, bytes: Uint8Array<ArrayBuffer>}>}
 */
export function openWithPin(storeId, pin) {
  return alone(async () => {
    const row = await rowOf(storeId);
    if (!row?.wrapped) throw new RefusedPinError(0);
    if (!hasPin(row)) return { row, bytes: await openWithoutPin(row) };
    const { tries } = await changeRow(storeId, { tries: row.tries + 1 });
    const bytes = tries > MOST_TRIES ? null : await opened(row, pin);
    if (bytes) return { row: await changeRow(storeId, { tries: 0 }), bytes };
    if (tries >= MOST_TRIES) await eraseRow(storeId);
    throw new RefusedPinError(Math.max(MOST_TRIES - tries, 0));
  });
}

/** Open the data key of a row that has no PIN. @param {Row} row @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function openWithoutPin(row) {
  const bytes = await opened(row, "");
  if (!bytes) throw new RefusedPinError(0);
  return bytes;
}

/** Put another PIN, or none, in the place of the one that holds. @param {string} storeId @param {string} pin @param {string} current */
export async function replacePin(storeId, pin, current) {
  if (pin && isWeak(pin)) throw new WeakPinError();
  const { bytes } = await openWithPin(storeId, current);
  await changeRow(storeId, { wrapped: await wrapDataKey(bytes, storeId, pin, await wrapKey()) });
}

/** Do one thing at a time with the people of this device, in all tabs. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export function alone(work) {
  return navigator.locks ? navigator.locks.request(LOCK, work) : work();
}

/** @param {Row} row @param {string} pin @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
async function opened({ wrapped, storeId }, pin) {
  try {
    return wrapped && (await unwrapDataKey(wrapped, storeId, pin, await wrapKey()));
  } catch (error) {
    if (error instanceof WrongPinError) return null;
    throw error;
  }
}
