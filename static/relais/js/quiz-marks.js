// @ts-check
/** The marks under a question: what became of the answer. Made from the templates of the page. */

/** @typedef {{section: HTMLElement, form: HTMLFormElement}} Marked */

export class Marks {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** Say where an answer is saved, and since when. @param {Marked} sheet @param {"saved" | "here" | "centre"} where @param {string | null} at */
  saved(sheet, where, at) {
    const mark = this.copy(where);
    const time = /** @type {HTMLTimeElement} */ (mark.querySelector("time"));
    time.dateTime = at ?? new Date().toISOString();
    localise(time);
    // "Saved" was said aloud already: that it has arrived too is there to be seen.
    this.status(sheet).setAttribute("aria-live", where === "centre" ? "off" : "polite");
    this.status(sheet).replaceChildren(mark);
  }

  /** Say why an answer is not saved. @param {Marked} sheet @param {string} words */
  note(sheet, words) {
    const mark = this.copy("unsaved");
    /** @type {HTMLElement} */ (mark.querySelector("span")).textContent = words;
    this.status(sheet).setAttribute("aria-live", "polite");
    this.status(sheet).replaceChildren(mark);
  }

  /** @param {Marked} sheet */
  clear(sheet) {
    this.status(sheet).replaceChildren();
  }

  /** @param {Marked} sheet @returns {HTMLElement} */
  status(sheet) {
    return /** @type {HTMLElement} */ (sheet.section.querySelector("[data-status]"));
  }

  /** @param {string} name @returns {HTMLElement} */
  copy(name) {
    const template = /** @type {HTMLTemplateElement} */ (this.root.querySelector(`template[data-mark=${name}]`));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  }
}

/** Show a time as the clock of this device shows it. @param {HTMLTimeElement} time */
export function localise(time) {
  if (!time.dateTime) return;
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  time.textContent = form.format(new Date(time.dateTime));
}
