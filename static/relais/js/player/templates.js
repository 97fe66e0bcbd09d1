// @ts-check
/**
 * The page's templates and words: what the server rendered in the page's language, filled in here.
 *
 * A template says itself what goes where, so that its markup reads like the site's own:
 *   data-text="x"     the text is the value x        data-fill="x"    the children are the nodes x
 *   data-href="x"     the address is the value x     data-class="x"   the classes are the value x
 *   data-when="x"     only there where x is true     data-unless="x"  only there where it is not
 *   data-put          the text has {x} in it         data-progress="x"  x is {value, max, label}
 *   data-content      the words are of the course: its language and direction, where they are others
 */

import { put } from "../kinds/words.js";

export { put };

/** @typedef {Record<string, any>} Values */
/** @typedef {{lang: string, dir: string} | null} Tongue where the course's language is not the page's */

/**
 * Return the form of a phrase for a number: that of a sample with the same plural category.
 * @param {{n: number, text: string}[]} samples
 * @param {number} n
 * @param {string} language
 */
export function formOf(samples, n, language) {
  const rules = new Intl.PluralRules(language);
  const exact = samples.find((each) => each.n === n);
  const like = samples.find((each) => rules.select(each.n) === rules.select(n));
  return (exact ?? like ?? samples[samples.length - 1]).text;
}

export class Templates {
  /**
   * @param {ParentNode} root what holds the templates
   * @param {string} language
   */
  constructor(root, language) {
    this.root = root;
    this.language = language;
    /** @type {Map<string, string | {n: number, text: string}[]>} */
    this.words = new Map();
    const words = /** @type {HTMLTemplateElement | null} */ (root.querySelector("template[data-player-words]"));
    for (const each of words?.content.querySelectorAll("[data-word]") ?? []) {
      const forms = [...each.querySelectorAll("[data-n]")].map((form) => ({
        n: Number(/** @type {HTMLElement} */ (form).dataset.n),
        text: form.textContent ?? "",
      }));
      this.words.set(/** @type {HTMLElement} */ (each).dataset.word ?? "", forms.length ? forms : (each.textContent ?? ""));
    }
  }

  /**
   * Return a phrase; one with several forms chooses by `n`.
   * @param {string} name
   * @param {Values} values
   */
  say(name, values = {}) {
    const found = this.words.get(name);
    if (found === undefined) throw new Error(`no words ${name} in the page`);
    return put(typeof found === "string" ? found : formOf(found, values.n, this.language), values);
  }

  /**
   * Return a filled copy of a template.
   * @param {string} name
   * @param {Values} values
   * @param {Tongue} tongue
   */
  view(name, values = {}, tongue = null) {
    return this.copy(`data-view="${name}"`, values, tongue);
  }

  /** Return a copy that fills itself by its own means. @param {string} name */
  whole(name) {
    return document.importNode(this.template(`data-view="${name}"`).content, true);
  }

  /**
   * @param {string} name
   * @param {Values} values
   * @param {Tongue} tongue
   */
  part(name, values = {}, tongue = null) {
    return this.copy(`data-part="${name}"`, values, tongue);
  }

  /**
   * @param {string} attribute
   * @param {Values} values
   * @param {Tongue} tongue
   */
  copy(attribute, values, tongue) {
    const copy = document.importNode(this.template(attribute).content, true);
    fill(copy, values, tongue);
    return copy;
  }

  /** @param {string} attribute @returns {HTMLTemplateElement} */
  template(attribute) {
    const template = /** @type {HTMLTemplateElement | null} */ (this.root.querySelector(`template[${attribute}]`));
    if (!template) throw new Error(`no template ${attribute} in the page`);
    return template;
  }
}

/**
 * Fill a copy of a template.
 * @param {ParentNode} root
 * @param {Values} values
 * @param {Tongue} tongue
 */
export function fill(root, values, tongue) {
  each(root, "when", (element, name) => !values[name] && element.remove());
  each(root, "unless", (element, name) => values[name] && element.remove());
  // Before values are put in: what stands in a value is text, never a place.
  each(root, "put", (element) => (element.textContent = put(element.textContent ?? "", values)));
  each(root, "text", (element, name) => (element.textContent = String(values[name] ?? "")));
  each(root, "href", (element, name) => element.setAttribute("href", values[name] ?? ""));
  each(root, "class", (element, name) => (element.className = values[name] ?? ""));
  each(root, "progress", (element, name) => {
    const { value, max, label } = values[name];
    Object.assign(/** @type {HTMLProgressElement} */ (element), { max: Math.max(max, 1), value });
    element.setAttribute("aria-label", label);
  });
  if (tongue) {
    each(root, "content", (element) => {
      element.lang = tongue.lang;
      element.dir = tongue.dir;
    });
  }
  each(root, "fill", (element, name) => element.replaceChildren(...(values[name] ?? [])));
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @param {(element: HTMLElement, value: string) => unknown} change
 */
function each(root, name, change) {
  for (const element of [...root.querySelectorAll(`[data-${name}]`)]) {
    const found = /** @type {HTMLElement} */ (element);
    change(found, found.dataset[name] ?? "");
    found.removeAttribute(`data-${name}`);
  }
}
