// @ts-check
/** The form of one question: what is chosen, where it is saved, and in practice what is right. */

import { FULL_MARK_MILLI, KINDS } from "../kinds/index.js";
import { timeText } from "./numbers.js";
import { hasAnswer, inLanguage } from "./sitting.js";

/** @typedef {import("./stage.js").Context} Context */
/** @typedef {import("./sitting.js").Sitting} Sitting */

/** @param {Context} context @param {Sitting} sitting */
export function progressOf({ templates }, sitting) {
  const [answered, total] = [sitting.answered, sitting.items.length];
  return { value: answered, max: total, label: templates.say("answered_of", { answered, total }) };
}

export class Sheet {
  /** @param {Context} context @param {Sitting} sitting @param {{item: any, nextUrl: string, isLast: boolean}} place @param {HTMLElement} root @param {AbortSignal} signal */
  constructor(context, sitting, { item, nextUrl, isLast }, root, signal) {
    this.context = context;
    this.sitting = sitting;
    this.item = item;
    this.nextUrl = nextUrl;
    this.isLast = isLast;
    this.root = root;
    this.form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    this.kind = KINDS[item.kind];
    this.change = 0;
    this.saved = 0;
    /** What stands here and may yet wait for the centre. @type {{id: string, at: string} | null} */
    this.shown = null;
    this.restore();
    this.form.addEventListener("change", () => void this.changed());
    this.form.addEventListener("submit", (event) => void this.submitted(event));
    addEventListener("beforeunload", (event) => this.saved < this.change && event.preventDefault(), { signal });
    const stop = sitting.learner.here.onChange?.(() => void this.settle());
    signal.addEventListener("abort", () => stop?.());
  }

  get response() {
    return this.kind.read(new FormData(this.form));
  }

  /** Put back what stands. */
  restore() {
    const answer = this.sitting.log.answers.get(this.item.question);
    if (!answer) return;
    const values = this.kind.values(answer.response);
    for (const input of this.form.querySelectorAll("input")) {
      input.checked = input.name === "flagged" ? answer.flagged : values.includes(input.value);
    }
    this.mark(answer);
    if (this.sitting.isPractice && hasAnswer(answer)) this.explain();
  }

  /** @returns {Promise<boolean>} whether what is chosen is saved */
  async changed() {
    const change = (this.change += 1);
    this.part("status").replaceChildren();
    if (this.sitting.isPractice) this.unexplain();
    try {
      const flagged = new FormData(this.form).has("flagged");
      await this.sitting.answer(this.item, this.response, flagged);
    } catch {
      this.tell("not_saved");
      return false;
    }
    this.saved = Math.max(this.saved, change);
    const answer = this.sitting.log.answers.get(this.item.question);
    if (change === this.change && answer) this.mark(answer);
    this.count();
    return true;
  }

  /** @param {SubmitEvent} event */
  async submitted(event) {
    event.preventDefault();
    const { templates, go } = this.context;
    if (this.sitting.isPractice && this.response === null) return this.part("status").replaceChildren(templates.part("choose-first"));
    // What failed to be saved is tried again; nobody moves on from an answer that would be lost.
    if (this.saved < this.change && !(await this.changed())) return undefined;
    await this.sitting.last;
    if (!this.sitting.isPractice) return go(this.nextUrl);
    this.explain();
    return /** @type {HTMLElement} */ (this.part("feedback").firstElementChild)?.focus();
  }

  /** Say where the answer is kept. @param {{id: string, at: string}} answer */
  mark(answer, isSent = answer.id === "") {
    const { templates, language } = this.context;
    const node = templates.part(isSent ? "sent" : "saved");
    const time = /** @type {HTMLTimeElement} */ (node.querySelector("time"));
    if (answer.at) {
      time.dateTime = answer.at;
      time.textContent = timeText(answer.at, language);
    } else time.remove();
    this.shown = isSent ? null : answer;
    this.part("status").replaceChildren(node);
  }

  /** Say so once the centre has it. */
  async settle() {
    const shown = this.shown;
    if (!shown) return;
    const states = await this.sitting.learner.here.outbox.statesOf([shown.id]);
    if (this.shown === shown && states.get(shown.id) === "sent") this.mark(shown, true);
  }

  /** @param {string} words */
  tell(words) {
    const { templates } = this.context;
    this.shown = null;
    this.part("status").replaceChildren(templates.part("unsaved", { words: templates.say(words) }));
  }

  /** Say what is right and why, and lead on. */
  explain() {
    const { templates, language } = this.context;
    const isRight = this.kind.mark(this.item.structure, this.response) === FULL_MARK_MILLI;
    const values = {
      is_right: isRight,
      look: isRight ? "state good" : "state warn",
      key: inLanguage(this.item.key_words, language).join("\n"),
      words: paragraphs(inLanguage(this.item.feedback, language)),
      next_url: this.nextUrl,
      is_last: this.isLast,
    };
    this.part("feedback").replaceChildren(templates.part("feedback", values));
    this.form.querySelector("[data-do=check]")?.classList.add("alt");
  }

  /** Another answer: what was said of the former one goes. */
  unexplain() {
    this.part("feedback").replaceChildren();
    this.form.querySelector("[data-do=check]")?.classList.remove("alt");
  }

  /** Bring the progress line up to date. */
  count() {
    const line = /** @type {HTMLProgressElement} */ (this.root.querySelector("progress"));
    const { value, label } = progressOf(this.context, this.sitting);
    line.value = value;
    line.setAttribute("aria-label", label);
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-question] [data-${name}]`));
  }
}

/** @param {string} text */
function paragraphs(text) {
  return text.split(/\n{2,}/u).filter(Boolean).map((each) => Object.assign(document.createElement("p"), { textContent: each }));
}
