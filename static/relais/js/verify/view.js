// @ts-check
/** What was checked, put into words and onto the page: the twin of certificates/verification/presenting.py. */

import { inWords } from "./days.js";
import { reasonOf } from "./judging.js";

/** @typedef {{ headlines: Record<string, string[]>, facts: Record<string, string[]> }} Words */

/**
 * Show a check in place of what was there.
 * @param {HTMLElement} place
 * @param {import("./given.js").Checked} checked
 * @param {{ words: Words, language: string }} known
 */
export function showChecked(place, { verdict, claims }, { words, language }) {
  const part = copyOf("[data-result-template]");
  const reason = verdict ? reasonOf(verdict) : "unreadable";
  const [headline, lede] = words.headlines[reason];
  part.dataset.reason = reason;
  fill(part, { headline, lede, serial: claims?.serial ?? "" });
  hide(part, "facts", !verdict);
  hide(part, "claims", !claims);
  if (verdict) slot(part, "facts").replaceChildren(...factsOf(verdict, claims, words, language));
  if (claims) showClaims(part, claims, language, verdict?.issuer === "trusted");
  place.replaceChildren(part);
  document.title = `${headline} - Relais`;
  slot(part, "headline").focus();
}

/** Of what is not genuine no list is asked and no date counts. @param {import("./judging.js").Verdict} verdict */
function codesOf({ signature, issuer, standing, dates }) {
  const codes = [`signature.${signature}`, `issuer.${issuer}`];
  const isKnown = signature === "genuine" && (issuer === "trusted" || issuer === "wrongly-delegated");
  return isKnown ? [...codes, `standing.${standing}`, `dates.${dates}`] : [...codes, "standing.not-asked"];
}

/** @param {import("./judging.js").Verdict} verdict @param {import("./given.js").Claims | null} claims @param {Words} words @param {string} language */
function factsOf(verdict, claims, words, language) {
  const day = (/** @type {number | null | undefined} */ each) => (each ? inWords(each, language) : "");
  const values = { issuer: claims?.issuer ?? "", listed: day(verdict.listedOn), issued: day(claims?.issuedOn), until: day(claims?.validUntil) };
  return codesOf(verdict).map((code) => {
    const [heading, text, tone] = words.facts[code];
    const item = copyOf(`[data-fact-template="${tone}"]`);
    fill(item, { heading: filled(heading, values), text: filled(text, values) });
    return item;
  });
}

/** @param {HTMLElement} part @param {import("./given.js").Claims} claims @param {string} language @param {boolean} isConfirmed */
function showClaims(part, claims, language, isConfirmed) {
  const { name, nameOther, title, issuer, serial, issuedOn, validUntil } = claims;
  const noEnd = document.querySelector("[data-word=no-end]")?.innerHTML ?? "";
  const until = validUntil === null ? noEnd : inWords(validUntil, language);
  fill(part, { name, "name-other": nameOther, title, issuer, issued: inWords(issuedOn, language), until, number: serial });
  slot(part, "title").lang = claims.language;
  hide(part, "confirmed", !isConfirmed);
  hide(part, "unconfirmed", isConfirmed);
}

/** Text with its %(names)s filled in; what is filled in is never read again. @param {string} text @param {Record<string, string>} values */
function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_whole, name) => values[name] ?? "");
}

/** @param {HTMLElement} part @param {Record<string, string>} texts */
function fill(part, texts) {
  for (const [name, text] of Object.entries(texts)) slot(part, name).textContent = text;
}

/** @param {HTMLElement} part @param {string} name @returns {HTMLElement} */
function slot(part, name) {
  return /** @type {HTMLElement} */ (part.querySelector(`[data-slot="${name}"]`));
}

/** @param {HTMLElement} part @param {string} name @param {boolean} isHidden */
function hide(part, name, isHidden) {
  const found = /** @type {HTMLElement} */ (part.querySelector(`[data-part="${name}"]`));
  found.hidden = isHidden;
}

/** @param {string} selector @returns {HTMLElement} */
function copyOf(selector) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector(selector));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}
