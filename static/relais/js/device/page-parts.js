// @ts-check
/** Pieces that the page of a device is made of: words, rows, figures. */

import { fill, moment } from "./words.js";

/** @param {ParentNode} root @param {string} selector @returns {HTMLElement} */
export function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/** Return what gives the sentences of a page. @param {ParentNode} root @returns {(name: string, values?: Record<string, string | number>) => string} */
export function wordsOf(root) {
  const { content } = /** @type {HTMLTemplateElement} */ (root.querySelector("template[data-device-words]"));
  return (name, values = {}) => fill(content.querySelector(`[data-word="${name}"]`)?.textContent ?? "", values);
}

/** Return a new row of a kind. @param {ParentNode} root @param {string} kind @returns {HTMLElement} */
export function newRow(root, kind) {
  const template = /** @type {HTMLTemplateElement} */ (root.querySelector(`template[data-row="${kind}"]`));
  return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
}

/** Put new rows into a list; show what stands for an empty one. @param {ParentNode} root @param {string} name @param {HTMLElement[]} rows */
export function putRows(root, name, rows) {
  const list = part(root, `[data-list="${name}"]`);
  list.replaceChildren(...rows);
  list.hidden = !rows.length;
  part(root, `[data-none="${name}"]`)?.toggleAttribute("hidden", Boolean(rows.length));
}

/** Show what belongs to a state and hide what belongs to others. @param {ParentNode} root @param {Record<string, boolean>} states */
export function showWhen(root, states) {
  for (const each of root.querySelectorAll("[data-when]")) {
    const name = /** @type {HTMLElement} */ (each).dataset.when ?? "";
    if (name in states) each.toggleAttribute("hidden", !states[name]);
  }
}

/** Draw who it is: initials in a colour, which tells apart those whose initials are the same. @param {HTMLElement} row @param {import("./roster.js").Listed} who @param {string} nobody */
export function drawWho(row, who, nobody) {
  const disc = part(row, "[data-disc]");
  disc.textContent = who.initials;
  disc.classList.add(`who-${who.colour}`);
  part(row, "[data-initials]").textContent = who.initials || nobody;
}

/** Say that a field is wrong, or nothing. @param {HTMLElement} form @param {string} words */
export function showError(form, words) {
  const place = part(form, "[data-error]");
  place.replaceChildren();
  for (const input of form.querySelectorAll("input")) input.toggleAttribute("aria-invalid", Boolean(words));
  if (!words) return;
  const line = document.createElement("p");
  line.className = "err";
  line.setAttribute("role", "alert");
  line.textContent = words;
  place.append(line);
}

/** @param {number} bytes */
export function sizeInWords(bytes) {
  const [size, unit] = bytes >= 1e6 ? [1e6, "megabyte"] : [1e3, "kilobyte"];
  const form = { style: /** @type {const} */ ("unit"), unit, unitDisplay: /** @type {const} */ ("short"), maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, form).format(bytes / size);
}

/** @param {number} time */
export function dateInWords(time) {
  return moment(new Date(time).toISOString());
}
