// @ts-check
/** Ids that are the same everywhere, the twin of elearning/lib/ids.py and of a lesson visit's unit. */

import { hexOf } from "./canonical.js";

// A constant of the product, never changed: see elearning/lib/ids.py.
const RELAIS_NAMESPACE = "6f1d7a0e-4a54-5c8e-9a1e-2d7c5b7f3e10";

/** Return a random UUID. Older tablets have crypto.subtle, but not crypto.randomUUID. */
export function newUuid() {
  return uuidOf(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** Return a random number as eight hexadecimal digits: one load of a page. */
export function newPageId() {
  return hexOf(crypto.getRandomValues(new Uint8Array(4)));
}

/**
 * Return the UUIDv5 of the parts joined by '/', equal on every device and node for equal parts.
 * @param {...(string | number)} parts
 * @returns {Promise<string>}
 */
export async function derivedUuid(...parts) {
  const name = new TextEncoder().encode(parts.join("/"));
  const digits = RELAIS_NAMESPACE.replaceAll("-", "").match(/../g) ?? [];
  const bytes = new Uint8Array(digits.length + name.length);
  bytes.set(digits.map((digit) => parseInt(digit, 16)));
  bytes.set(name, digits.length);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).slice(0, 16);
  return uuidOf(hash, 5);
}

/**
 * Return the IRI of an activity under the constant base, e.g. …/lesson/<uuid>.
 * @param {string} base
 * @param {string} kind
 * @param {string} uuid
 */
export function activityIri(base, kind, uuid) {
  return `${base}/${kind}/${uuid}`;
}

/**
 * Return the unit of one enrolment's visit of one lesson, as courses.progress.lesson_unit does.
 * @param {string} enrolment
 * @param {string} lesson
 */
export function lessonUnit(enrolment, lesson) {
  return derivedUuid("lesson", enrolment, lesson);
}

/** @param {Uint8Array} bytes sixteen, changed here @param {number} version */
function uuidOf(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
