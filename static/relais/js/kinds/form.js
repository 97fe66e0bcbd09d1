// @ts-check
/**
 * What the kinds share: the fields of one question in a form, and how they are put back.
 *
 * A field `response` is the part "", a field `response:PART` the part PART, as on the server
 * (assessments/questions/kind.py).
 */

/** @typedef {Record<string, string[]>} Fields */

const BASE = "response";

/** Return the part of a question that an input stands for, null for an input of something else. @param {string} name */
export function partOf(name) {
  const [base, ...rest] = name.split(":");
  return base === BASE ? rest.join(":") : null;
}

/** Return what a form says of its question, blanks left out. @param {FormData} form @returns {Fields} */
export function fieldsIn(form) {
  /** @type {Fields} */
  const fields = {};
  for (const [name, value] of form) {
    const part = partOf(name);
    if (part !== null && typeof value === "string" && value.trim()) (fields[part] ??= []).push(value);
  }
  return fields;
}

/** Put fields back into the inputs of a question. @param {ParentNode} root @param {Fields} fields */
export function restoreFields(root, fields) {
  for (const input of root.querySelectorAll("input, select, textarea")) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (input);
    const part = partOf(control.name);
    if (part === null) continue;
    const values = fields[part] ?? [];
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
  // Not "change": nobody changed anything. What a kind shows beside its inputs follows them.
  root.dispatchEvent(new Event("restored"));
}

/**
 * Return the words of what is chosen, beside its input or as an option of a list, in the order shown.
 *
 * @param {ParentNode} root @param {string[]} values @param {string} part
 */
export function wordsOfChosen(root, values, part = "") {
  const all = /** @type {NodeListOf<HTMLInputElement | HTMLOptionElement>} */ (root.querySelectorAll("input, option"));
  const chosen = [...all].filter((each) => {
    const name = each instanceof HTMLOptionElement ? each.closest("select")?.name ?? "" : each.name;
    return partOf(name) === part && values.includes(each.value);
  });
  return chosen.map((each) => (each instanceof HTMLOptionElement ? each : each.closest("label"))?.textContent?.trim() ?? "");
}
