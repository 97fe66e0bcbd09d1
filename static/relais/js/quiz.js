// @ts-check
/**
 * A quiz, one question at a time, without a request to move on.
 *
 * The page works without this module: each question is a form that saves and leads to the next. Here,
 * the other questions of the page are taken from their <template>s, each answer is saved as it is
 * given, and "Continue" only turns the page.
 *
 * An answer is written to the outbox of this device where there is one (quiz-outbox.js), else posted
 * as its form (quiz-posts.js). The mark "saved" comes after one of them has it, never before, and says where.
 */

import { KINDS } from "./kinds/index.js";
import { Marks, localise } from "./quiz-marks.js";
import { OutboxDoor } from "./quiz-outbox.js";
import { FormPosts, pause } from "./quiz-posts.js";

/** @typedef {{section: HTMLElement, form: HTMLFormElement, step: number, savedStep: number, isSending: boolean}} Sheet */

export class Quiz {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.place = /** @type {HTMLElement} */ (root.querySelector("[data-place]"));
    this.marks = new Marks(root);
    /** @type {Map<number, Sheet>} */
    this.sheets = new Map();
    this.isOnOnePage = root.hasAttribute("data-all");
    for (const section of this.place.querySelectorAll("[data-question]")) this.take(/** @type {HTMLElement} */ (section));
    for (const template of root.querySelectorAll("template[data-number]")) {
      this.take(/** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (template).content.querySelector("[data-question]")));
    }
    for (const time of this.place.querySelectorAll("time")) localise(time);
    this.posts = new FormPosts(this);
    this.outbox = OutboxDoor.open(this).catch(() => null);
    root.addEventListener("change", (event) => this.changed(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    root.addEventListener("click", (event) => this.clicked(event));
    addEventListener("popstate", () => this.showAddress());
    addEventListener("online", () => this.saveAll());
    addEventListener("beforeunload", (event) => this.unsaved().length && event.preventDefault());
    // A page that comes back from the browser's cache may show what was saved differently since.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.catchUp();
  }

  /** @param {HTMLElement} section */
  take(section) {
    const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
    const number = Number(section.dataset.question);
    KINDS[section.dataset.kind ?? ""]?.enhance?.(form);
    this.sheets.set(number, { section, form, step: 0, savedStep: 0, isSending: false });
    // Each answer is saved as it is given: nobody has to do it.
    for (const button of form.querySelectorAll("[data-save]")) /** @type {HTMLElement} */ (button).hidden = true;
  }

  /** @param {Element} element @returns {[number, Sheet]} */
  sheetAt(element) {
    const section = /** @type {HTMLElement} */ (element.closest("[data-question]"));
    const number = Number(section.dataset.question);
    return [number, /** @type {Sheet} */ (this.sheets.get(number))];
  }

  unsaved() {
    return [...this.sheets.values()].filter((sheet) => sheet.savedStep < sheet.step);
  }

  /** @param {Event} event */
  changed(event) {
    this.touch(this.sheetAt(/** @type {Element} */ (event.target))[1]);
  }

  /** Save what was chosen before this module was here: on a slow line that is seconds after the question. */
  catchUp() {
    for (const sheet of this.isOnOnePage ? this.sheets.values() : [this.current()]) {
      const isTouched = [...sheet.form.querySelectorAll("input, select, textarea")].some(isChanged);
      if (isTouched) this.touch(sheet);
    }
  }

  /** @param {Sheet} sheet */
  touch(sheet) {
    sheet.step += 1;
    /** @type {HTMLInputElement} */ (sheet.form.elements.namedItem("step")).value = String(sheet.step);
    this.marks.clear(sheet);
    this.save(sheet);
  }

  /** @param {Event} event */
  submitted(event) {
    event.preventDefault();
    if (this.isOnOnePage) return;
    const [number] = this.sheetAt(/** @type {Element} */ (event.target));
    this.sheets.has(number + 1) ? this.turn(number + 1) : this.leave();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = /** @type {Element} */ (event.target).closest("a[data-turn], a[data-review]");
    if (!link) return;
    event.preventDefault();
    const number = Number(/** @type {HTMLElement} */ (link).dataset.turn);
    number ? this.turn(number) : this.leave();
  }

  /** Show a question and put it in the address. @param {number} number */
  turn(number) {
    const sheet = /** @type {Sheet} */ (this.sheets.get(number));
    history.pushState(null, "", sheet.section.dataset.url);
    this.show(number);
  }

  showAddress() {
    if (this.isOnOnePage) return;
    for (const [number, sheet] of this.sheets) {
      if (new URL(sheet.section.dataset.url ?? "", location.href).pathname === location.pathname) this.show(number);
    }
  }

  /** @param {number} number */
  show(number) {
    const { section } = /** @type {Sheet} */ (this.sheets.get(number));
    this.place.replaceChildren(section);
    for (const time of section.querySelectorAll("time")) localise(time);
    const heading = /** @type {HTMLElement} */ (section.querySelector("h1"));
    document.title = document.title.replace(/^.*(?= - )/u, heading.textContent ?? "");
    this.count();
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Go to the list of answers once everything is saved and the list can be had. */
  async leave() {
    for (let tries = 0; this.unsaved().length; tries += 1) {
      if (tries === 1) this.marks.note(this.current(), this.root.dataset.waiting ?? "");
      await pause(400);
    }
    const outbox = await this.outbox;
    while (outbox && !(await outbox.settle())) {
      this.marks.note(this.current(), this.root.dataset.away ?? "");
      await pause(2000);
    }
    location.assign(this.root.dataset.reviewUrl ?? "");
  }

  /** Return the question where something is to be said: the one that is shown, or among all the first that waits. */
  current() {
    const shown = /** @type {Element} */ (this.place.querySelector("[data-question]"));
    return (this.isOnOnePage && this.unsaved()[0]) || this.sheetAt(shown)[1];
  }

  saveAll() {
    for (const sheet of this.unsaved()) this.save(sheet);
  }

  /** Save the newest answer, by one door only. @param {Sheet} sheet */
  async save(sheet) {
    if (sheet.isSending) return;
    sheet.isSending = true;
    try {
      const outbox = await this.outbox;
      if (outbox) await outbox.save(sheet);
    } catch {
      // No room on this device, or whoever was here is locked: what is not on disk goes as a form.
    }
    await this.posts.save(sheet);
    sheet.isSending = false;
  }

  /** Mark a saved answer. @param {Sheet} sheet @param {"saved" | "here"} where @param {string | null} at @param {boolean} isAnswered */
  saved(sheet, where, at, isAnswered) {
    sheet.section.toggleAttribute("data-answered", isAnswered);
    this.marks.saved(sheet, where, at);
    this.count();
  }

  /** Bring the progress line up to date. */
  count() {
    const total = this.sheets.size;
    const answered = [...this.sheets.values()].filter(({ section }) => section.hasAttribute("data-answered")).length;
    const words = (this.root.dataset.progress ?? "").replace("{answered}", String(answered)).replace("{total}", String(total));
    for (const line of this.root.querySelectorAll("progress")) {
      line.value = answered;
      line.setAttribute("aria-label", words);
    }
  }
}

/** Tell whether somebody changed an input since the page came. @param {Element} input */
function isChanged(input) {
  if (input instanceof HTMLSelectElement) {
    // Where no option is marked as selected, a list shows its first: nobody chose that.
    const marked = [...input.options].findIndex((option) => option.defaultSelected);
    return input.selectedIndex !== Math.max(0, marked);
  }
  if (input instanceof HTMLTextAreaElement) return input.value !== input.defaultValue;
  return input instanceof HTMLInputElement && input.type !== "hidden" && (input.checked !== input.defaultChecked || input.value !== input.defaultValue);
}

const root = document.querySelector("[data-quiz]");
if (root instanceof HTMLElement) new Quiz(root);
