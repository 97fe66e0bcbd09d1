// @ts-check
/** Check whatever somebody has of a certificate: the twin of certificates/verification/given.py. */

import { textOf, utf8 } from "./bytes.js";
import { checkCredential, readCredential } from "./credential.js";
import { isDocument, MOST_BYTES, readDocument } from "./document.js";
import { notGenuine } from "./judging.js";
import { checkSummary } from "./summaries.js";
import { readFragment } from "./summary.js";

const LONGEST_TEXT = 10_000;
const FRAGMENT = /#\s*(R1:[^]*)|^(R1:[^]*)/;

/**
 * @typedef {object} Claims what a certificate says of itself
 * @property {string} serial
 * @property {string} name
 * @property {string} nameOther
 * @property {string} title
 * @property {string} issuer
 * @property {string} language
 * @property {number} issuedOn
 * @property {number | null} validUntil
 */

/**
 * @typedef {object} Checked what was given, what can be said of it, what it says of itself
 * @property {"link" | "pdf" | "credential" | "other"} kind
 * @property {import("./judging.js").Verdict | null} verdict
 * @property {Claims | null} claims
 */

/** @typedef {{ trust: import("./summaries.js").Trust, status: import("./status.js").StatusLists | null, today: number }} Known */

/** Return what can be said of bytes that somebody brought. @param {Uint8Array} content @param {Known} known @returns {Promise<Checked>} */
export async function checkGiven(content, known) {
  if (content.length > MOST_BYTES) return nothing();
  try {
    if (isDocument(content)) return await checkPdf(content, known);
    const text = textOf(content).replace(/^\uFEFF/, "").trim();
    if (text.startsWith("{")) return checkJson(utf8(text), known);
    return checkText(text, known);
  } catch {
    return nothing();
  }
}

/** Check the text in a link, with what stands before it. @param {string} text @param {Known} known @returns {Checked} */
function checkText(text, { trust, status, today }) {
  const found = text.length <= LONGEST_TEXT ? FRAGMENT.exec(text) : null;
  if (!found) return nothing();
  const summary = readFragment(decodeURIComponent(found[1] ?? found[2]).replace(/\s/g, ""));
  return { kind: "link", verdict: checkSummary(summary, trust, status, today), claims: summary };
}

/** @param {Uint8Array} content @param {Known} known @returns {Checked} */
function checkJson(content, { trust, status, today }) {
  const credential = readCredential(content);
  return { kind: "credential", verdict: checkCredential(credential, trust, status, today), claims: claimsOf(credential) };
}

/** The signature over the whole file first: only then does what is attached to it say anything. @param {Uint8Array} content @param {Known} known @returns {Promise<Checked>} */
async function checkPdf(content, { trust, status, today }) {
  const { signature, issuer, attached } = await readDocument(content, trust);
  if (signature !== "genuine") return { kind: "pdf", verdict: notGenuine(signature, issuer), claims: null };
  const credential = firstCredential(attached);
  if (!credential) {
    return { kind: "pdf", verdict: { signature, issuer, standing: "unknown", dates: "no-end", listedOn: null }, claims: null };
  }
  const verdict = checkCredential(credential, trust, status, today);
  const said = { signature, issuer, standing: "unknown", dates: verdict.dates, listedOn: null };
  return { kind: "pdf", verdict: issuer === "trusted" ? verdict : said, claims: claimsOf(credential) };
}

/** @param {Uint8Array[]} attached */
function firstCredential(attached) {
  for (const each of attached) {
    try {
      return readCredential(each);
    } catch {
      continue;
    }
  }
  return null;
}

/** @param {import("./credential.js").Credential} said @returns {Claims} */
function claimsOf(said) {
  const { serial, names, title, issuer, language, issuedOn, validUntil } = said;
  return { serial, name: names[0] ?? "", nameOther: names[1] ?? "", title, issuer, language, issuedOn, validUntil };
}

/** @returns {Checked} */
function nothing() {
  return { kind: "other", verdict: null, claims: null };
}
