// @ts-check
/** What can be said of a certificate: the twin of certificates/verification/judging.py. Days are counted from 2020-01-01. */

/**
 * @typedef {object} Verdict
 * @property {string} signature genuine, edited, forged or missing
 * @property {string} issuer trusted, foreign, wrongly-delegated or unknown
 * @property {string} standing in-force, revoked, superseded, list-too-old or unknown
 * @property {string} dates current, no-end, not-yet-valid or expired
 * @property {number | null} listedOn
 */

const BY_SIGNATURE = { missing: "unsigned", forged: "forged", edited: "edited" };
const BY_ISSUER = { foreign: "foreign-issuer", "wrongly-delegated": "wrongly-delegated", unknown: "forged" };
const BY_STANDING = { revoked: "revoked", superseded: "superseded" };
const BY_DATES = { "not-yet-valid": "not-yet-valid", expired: "expired" };
const BY_LIST = { "list-too-old": "list-too-old", unknown: "status-unknown" };

/** Return the one word for all facts: what to name first. @param {Verdict} verdict @returns {string} */
export function reasonOf(verdict) {
  return (
    BY_SIGNATURE[verdict.signature] ??
    BY_ISSUER[verdict.issuer] ??
    BY_STANDING[verdict.standing] ??
    BY_DATES[verdict.dates] ??
    BY_LIST[verdict.standing] ??
    "valid"
  );
}

/** @param {string} signature @param {string} [issuer] @returns {Verdict} */
export function notGenuine(signature, issuer = "unknown") {
  return { signature, issuer, standing: "unknown", dates: "no-end", listedOn: null };
}

/**
 * Tell where the day lies. A signed list proves that its day has come, whatever the clock here says.
 * @param {number} today
 * @param {number | null} listedOn
 * @param {number} issuedOn
 * @param {number | null} validUntil
 */
export function judgedDates(today, listedOn, issuedOn, validUntil) {
  const day = Math.max(today, listedOn ?? today);
  if (day < issuedOn) return "not-yet-valid";
  if (validUntil === null) return "no-end";
  return validUntil < day ? "expired" : "current";
}
