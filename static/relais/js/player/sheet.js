// @ts-check
/** The form of one question: what is chosen, where it is saved, and in practice what is right. */

import { certaintyIn, restoreCertainty } from "../certainty.js";
import { canonicalJson } from "../device/canonical.js";
import { fieldsIn, restoreFields } from "../kinds/form.js";
import { FULL_MARK_MILLI, KINDS } from "../kinds/index.js";
import { markedResponse, markingOf, markItem, tryingOf } from "./marking.js";
import { pointsText, timeText } from "./numbers.js";
import { hasAnswer, inLanguage, StandsError } from "./sitting.js";

/** @typedef {import("./stage.js").Context} Context */
/** @typedef {import("./sitting.js").Sitting} Sitting */

/** @param {Context} context @param {Sitting} sitting */
export function progressOf({ templates }, sitting) {
  const [answered, total] = [sitting.answered, sitting.items.length];
  return { value: answered, max: total, label: templates.say("answered_of", { answered, total }) };
}

export class Sheet {
  /** @param {Context} context @param {Sitting} sitting @param {{item: any, nextUrl: string, isLast: boolean}} place @param {HTMLElement} root the section of the question @param {AbortSignal} signal */
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
    this.kind.enhance?.(this.form);
    this.restore();
    this.form.addEventListener("change", () => void this.changed());
    this.form.addEventListener("submit", (event) => void this.submitted(event));
    addEventListener("beforeunload", (event) => this.saved < this.change && event.preventDefault(), { signal });
    const stop = sitting.learner.here.onChange?.(() => void this.settle());
    signal.addEventListener("abort", () => stop?.());
  }

  get response() {
    return this.kind.read(fieldsIn(new FormData(this.form)), this.form);
  }

  get tries() {
    return markingOf(this.sitting.paper) === "tries" ? tryingOf(this.item, this.sitting.log) : null;
  }

  /** Whether an answer is given and nothing of it is left to decide. */
  get isWhole() {
    return this.response !== null && (this.kind.isComplete?.(this.form, this.response) ?? true);
  }

  /** Put back what stands. */
  restore() {
    const answer = this.sitting.log.answers.get(this.item.question);
    if (!answer) return;
    this.put(answer);
    this.mark(answer);
    if (this.sitting.tellsAtOnce && hasAnswer(answer) && (this.tries || this.isWhole)) this.explain();
  }

  /** @param {import("./overlay.js").Answer} answer */
  put(answer) {
    // Where what was decided stands, another try begins with nothing decided.
    const isNew = answer.check > 0 && this.tries?.isSettled === false && this.kind.mayFollow?.(answer.response, null) === false;
    restoreFields(this.form, isNew ? {} : this.kind.fields(answer.response));
    restoreCertainty(this.form, answer.certainty);
    const flag = this.form.elements.namedItem("flagged");
    if (flag instanceof HTMLInputElement) flag.checked = answer.flagged;
  }

  /** @returns {Promise<boolean>} whether what is chosen is saved */
  async changed() {
    const change = (this.change += 1);
    this.part("status").replaceChildren();
    if (this.sitting.tellsAtOnce) this.unexplain();
    return this.save(change, 0);
  }

  /** @param {number} change @param {number} check the number of the try, 0 for an answer that is only saved */
  async save(change, check) {
    try {
      const flagged = new FormData(this.form).has("flagged");
      await this.sitting.answer(this.item, this.response, flagged, { certainty: certaintyIn(this.form), check });
    } catch (error) {
      if (!(error instanceof StandsError)) {
        this.tell("not_saved");
        return false;
      }
      // Another tab of this device decided meanwhile: what it decided stands.
      const held = this.sitting.log.answers.get(this.item.question);
      if (held) this.put(held);
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
    const { tellsAtOnce } = this.sitting;
    if (tellsAtOnce && !this.isWhole) return this.part("status").replaceChildren(templates.part(this.response === null ? "choose-first" : "finish-first"));
    // What failed to be saved is tried again; nobody moves on from an answer that would be lost.
    if (this.saved < this.change && !(await this.changed())) return undefined;
    await this.sitting.last;
    if (!tellsAtOnce) return this.nextUrl && go(this.nextUrl);
    if (this.tries && !(await this.check())) return undefined;
    this.explain();
    return /** @type {HTMLElement} */ (this.part("feedback").firstElementChild)?.focus();
  }

  /** Let what is answered be one of the tries; the same answer twice is one. */
  async check() {
    const { tries } = this.sitting.log;
    const before = tries.get(this.item.question) ?? [];
    const last = before[before.length - 1];
    if (this.tries?.isSettled || (last && same(last.response, this.response))) return true;
    return this.save(this.change, before.length + 1);
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

  /** Say what is right and why, and lead on; while another try is left only that it is not right yet. */
  explain() {
    const { templates, language } = this.context;
    const { paper, log } = this.sitting;
    const { tries } = this;
    if (tries && !tries.used) return;
    if (tries && !tries.isSettled) {
      const percent = paper.penalty_percent ?? 0;
      this.part("feedback").replaceChildren(templates.part("try-again", { left: templates.say("tries_left", { n: tries.left }), percent }));
      const held = log.answers.get(this.item.question);
      if (held?.check) this.put(held);
      return;
    }
    const response = markedResponse(paper, this.item, log);
    const isRight = this.kind.mark?.(this.item.structure, response) === FULL_MARK_MILLI;
    const isByHand = Boolean(this.kind.isMarkedByHand);
    const values = {
      is_right: isRight,
      is_wrong: !isRight && !isByHand,
      is_by_hand: isByHand,
      look: isRight ? "state good" : isByHand ? "state" : "state warn",
      after: tries && tries.used > 1 ? templates.say("after_tries", { points: pointsText(markItem(paper, this.item, log), language), used: tries.used }) : "",
      key: isByHand ? "" : inLanguage(this.item.key_words, language).join("\n"),
      model: isByHand ? inLanguage(this.item.key_words, language).join("\n") : "",
      told: paragraphs(toldOf(this.item, response, language).join("\n\n")),
      words: paragraphs(inLanguage(this.item.feedback, language)),
      next_url: this.nextUrl,
      is_last: this.isLast,
    };
    this.part("feedback").replaceChildren(templates.part("feedback", values));
    const button = /** @type {HTMLElement | null} */ (this.form.querySelector("[data-do=check]"));
    button?.classList.add("alt");
    if (!tries) return;
    // No other try follows.
    if (button) button.hidden = true;
    for (const control of this.form.querySelectorAll("input, select, textarea, button")) /** @type {HTMLInputElement} */ (control).disabled = true;
  }

  /** Another answer: what was said of the former one goes. */
  unexplain() {
    this.part("feedback").replaceChildren();
    this.form.querySelector("[data-do=check]")?.classList.remove("alt");
  }

  /** Bring the progress line up to date. */
  count() {
    // Among all questions on one page the line stands above them.
    const line = /** @type {HTMLProgressElement} */ (this.root.closest("[data-quiz]")?.querySelector("progress"));
    const { value, label } = progressOf(this.context, this.sitting);
    line.value = value;
    line.setAttribute("aria-label", label);
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-${name}]`));
  }
}

/** Return the feedback of what was chosen, once for each part that has some. @param {any} item @param {any} response @param {string} language @returns {string[]} */
export function toldOf(item, response, language) {
  const told = inLanguage(item.feedbacks ?? {}, language) ?? {};
  const kind = KINDS[item.kind];
  const chosen = new Set(kind.told?.(item.structure, response) ?? Object.values(kind.fields(response)).flat());
  return [...chosen].map((part) => told[part]).filter(Boolean);
}

/** @param {any} one @param {any} other */
function same(one, other) {
  return canonicalJson(one) === canonicalJson(other);
}

/** @param {string} text */
function paragraphs(text) {
  return text.split(/\n{2,}/u).filter(Boolean).map((each) => Object.assign(document.createElement("p"), { textContent: each }));
}
