// @ts-check
/**
 * Answers through the outbox of this device: on disk first, at the centre as soon as there is a way.
 *
 * An answer that the outbox has taken is never posted as a form too.
 */

import { certaintyIn, restoreCertainty } from "./certainty.js";
import { AttemptOutbox } from "./device/attempt.js";
import { within } from "./device/words.js";
import { fieldsIn, restoreFields } from "./kinds/form.js";
import { KINDS } from "./kinds/index.js";

const SENDING_MS = 5000;

/** @typedef {import("./quiz.js").Sheet} Sheet */

export class OutboxDoor {
  /** @param {import("./quiz.js").Quiz} quiz @param {AttemptOutbox} attempt */
  constructor(quiz, attempt) {
    this.quiz = quiz;
    this.attempt = attempt;
    /** Answers that the centre has not named yet: their sheets, by id. @type {Map<string, Sheet>} */
    this.onTheWay = new Map();
  }

  /** Open the door of a page, with what this device said before on it; null where there is none. @param {import("./quiz.js").Quiz} quiz */
  static async open(quiz) {
    const attempt = await AttemptOutbox.open(quiz.root);
    if (!attempt) return null;
    const door = new OutboxDoor(quiz, attempt);
    await door.recall();
    attempt.device.onChange(() => void door.follow());
    await door.follow();
    return door;
  }

  /** Show the answers that are newer here than at the centre. */
  async recall() {
    const answers = await this.attempt.answers();
    for (const sheet of this.quiz.sheets.values()) {
      const { asked = "", kind = "", ordinal } = sheet.section.dataset;
      const answer = answers.get(asked);
      if (!answer || answer.ordinal <= Number(ordinal) || sheet.step) continue;
      this.put(sheet, answer);
      this.onTheWay.set(answer.id, sheet);
      this.quiz.saved(sheet, "here", answer.at, isWhole(sheet, answer.response));
    }
  }

  /** Write the newest answer down. Throws where this device cannot. @param {Sheet} sheet */
  async save(sheet) {
    const { asked = "", kind = "" } = sheet.section.dataset;
    while (sheet.savedStep < sheet.step) {
      const step = sheet.step;
      const response = KINDS[kind].read(fieldsIn(new FormData(sheet.form)), sheet.form);
      const stands = await this.standing(sheet, response);
      if (stands) {
        sheet.savedStep = step;
        this.put(sheet, stands);
        this.quiz.saved(sheet, "here", stands.at, isWhole(sheet, stands.response));
        continue;
      }
      const given = { flagged: flagOf(sheet).checked, step, certainty: certaintyIn(sheet.form) };
      const statement = await this.attempt.answer({ question: asked, response, ...given });
      sheet.savedStep = step;
      for (const [id, other] of this.onTheWay) if (other === sheet) this.onTheWay.delete(id);
      this.onTheWay.set(statement.id, sheet);
      if (step === sheet.step) this.quiz.saved(sheet, "here", statement.timestamp, isWhole(sheet, response));
    }
  }

  /** Return what another tab of this device decided, where an answer would change it. @param {Sheet} sheet @param {any} response */
  async standing(sheet, response) {
    const { asked = "", kind = "" } = sheet.section.dataset;
    const { mayFollow } = KINDS[kind];
    const held = mayFollow && (await this.attempt.answers()).get(asked);
    return held && !mayFollow(held.response, response) ? held : null;
  }

  /** Put an answer into its form. @param {Sheet} sheet @param {import("./device/attempt.js").Answer} answer */
  put(sheet, answer) {
    restoreFields(sheet.form, KINDS[sheet.section.dataset.kind ?? ""].fields(answer.response));
    restoreCertainty(sheet.form, answer.certainty);
    flagOf(sheet).checked = answer.flagged;
  }

  /** The centre has an answer with this number by another way: later ones come after it. @param {number} ordinal */
  heard(ordinal) {
    const { about } = this.attempt;
    about.ordinal = Math.max(about.ordinal, ordinal ?? 0);
  }

  /** Mark what the centre has named since. */
  async follow() {
    if (await this.isOver()) return location.assign(this.quiz.root.dataset.resultUrl ?? "");
    const states = await this.attempt.outbox.statesOf(this.onTheWay.keys());
    for (const [id, state] of states) {
      const sheet = this.onTheWay.get(id);
      if (!sheet || state === "waiting") continue;
      this.onTheWay.delete(id);
      if (sheet.savedStep < sheet.step) continue;
      if (state === "parked") this.quiz.marks.note(sheet, this.quiz.root.dataset.held ?? "");
      else this.quiz.marks.saved(sheet, "centre", null);
    }
  }

  /** Tell whether the attempt was handed in meanwhile, in another tab, and its page can be had. */
  async isOver() {
    const handedIn = await this.attempt.handedIn();
    if (!handedIn) return false;
    const states = await this.attempt.outbox.statesOf([handedIn]);
    return states.get(handedIn) === "sent" || this.canOpen();
  }

  /** Send what waits; tell whether the next page can be opened. @returns {Promise<boolean>} */
  async settle() {
    const receipt = await within(SENDING_MS, this.attempt.device.send({ wait: true }));
    return (receipt !== null && receipt.error !== "offline") || this.canOpen();
  }

  /** Tell whether this device can show the pages of the attempt by itself. */
  canOpen() {
    return Boolean(navigator.serviceWorker?.controller) && this.attempt.device.papers.has(this.attempt.about.attempt);
  }
}

/** Tell whether an answer is given, and nothing of it is left to decide. @param {Sheet} sheet @param {any} response */
function isWhole(sheet, response) {
  return response !== null && (KINDS[sheet.section.dataset.kind ?? ""].isComplete?.(sheet.form, response) ?? true);
}

/** @param {Sheet} sheet */
function flagOf(sheet) {
  return /** @type {HTMLInputElement} */ (sheet.form.elements.namedItem("flagged"));
}
