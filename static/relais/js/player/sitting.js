// @ts-check
/**
 * Sitting a quiz on this device: begin, answer, hand in. Each is said to the outbox, and only what the
 * outbox has on disk counts as saved.
 */

import { canonicalJson, sha256Hex } from "../device/canonical.js";
import { newUuid } from "../device/ids.js";
import { extrasOf } from "../certainty.js";
import { KINDS } from "../kinds/index.js";
import { tellsAtOnce } from "./marking.js";
import { followAttempt, order } from "./overlay.js";

/** An answer would change what was decided before and stands. */
export class StandsError extends Error {}

export class Sitting {
  /**
   * @param {import("./learner.js").Learner} learner
   * @param {{course: import("./course-state.js").CourseState, row: import("./course-state.js").QuizRow, paper: any}} found
   */
  constructor(learner, { course, row, paper }) {
    this.learner = learner;
    this.course = course;
    this.row = row;
    this.paper = paper;
    this.step = 0;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  get items() {
    return this.paper.items;
  }

  get isPractice() {
    return this.paper.class === "practice";
  }

  /** Whether a page says what is right before the hand-in. */
  get tellsAtOnce() {
    return tellsAtOnce(this.paper);
  }

  /** How the attempt went so far, from what is saved. */
  get log() {
    return followAttempt(this.paper, this.learner.said);
  }

  /** How many questions have an answer. */
  get answered() {
    const { log } = this;
    return this.items.filter((/** @type {any} */ item) => this.isWhole(item, log)).length;
  }

  /** Whether a question has an answer of which nothing is left to decide. @param {any} item */
  isWhole(item, log = this.log) {
    const answer = log.answers.get(item.question);
    const { isComplete } = KINDS[item.kind];
    return hasAnswer(answer) && (!isComplete || isComplete(pageOf(item), answer?.response));
  }

  /** The number of the first question without an answer, null when all have one. */
  get firstUnanswered() {
    const { answers } = this.log;
    const place = this.items.findIndex((/** @type {any} */ item) => !hasAnswer(answers.get(item.question)));
    return place < 0 ? null : place + 1;
  }

  /** When the time is over, in the centre's milliseconds; null for no limit. */
  get endsAt() {
    const { startedAt } = this.log;
    return this.paper.time_limit_s && startedAt ? Date.parse(startedAt) + this.paper.time_limit_s * 1000 : null;
  }

  begin() {
    const { quiz, number, sha256, enrolment } = this.paper;
    return this.say("initialized", () => ({ enrolment, quiz, number, paper: sha256 }));
  }

  /**
   * Save an answer; resolves with its statement once it is on this device, null where it stands already.
   * @param {any} item
   * @param {any} response
   * @param {boolean} flagged
   * @param {{certainty?: number | null, check?: number}} extras how certain, and the number of the try, where the quiz asks
   */
  answer(item, response, flagged, extras = {}) {
    const step = (this.step += 1);
    return this.say(
      "answered",
      (log) => {
        const held = log.answers.get(item.question);
        const [certainty, check] = [extras.certainty ?? null, extras.check ?? 0];
        const isKnown = held
          ? canonicalJson([held.response, held.flagged, held.certainty]) === canonicalJson([response, flagged, certainty]) && [0, held.check].includes(check)
          : response === null && !flagged;
        if (isKnown) return null;
        // Another try begins anew.
        if (held && !held.check && KINDS[item.kind].mayFollow?.(held.response, response) === false) throw new StandsError();
        return { question: item.question, response, flagged, nonce: this.learner.here.outbox.clock.page, step, ordinal: log.lastOrdinal + 1, ...extrasOf(extras) };
      },
      ["question", item.question],
    );
  }

  /** Hand in what is saved. */
  handIn() {
    return this.say("submitted", async (log) => (log.handedInAt ? null : { ordinal: log.lastOrdinal + 1, standing: await standingOf(log) }));
  }

  /**
   * One after the other: each builds on what the one before saved.
   * @param {string} verb
   * @param {(log: import("./overlay.js").AttemptLog) => Record<string, any> | null | Promise<Record<string, any> | null>} factsFrom
   * @param {[string, string]} activity
   */
  say(verb, factsFrom, activity = ["quiz", this.paper.quiz]) {
    const done = this.last.then(async () => {
      const facts = await factsFrom(this.log);
      if (!facts) return null;
      const unit = { kind: "attempt", id: this.paper.attempt };
      const [said] = await this.learner.say([{ verb, activity, unit, facts, registration: this.paper.enrolment }]);
      return said;
    });
    this.last = done.catch(() => {});
    return done;
  }
}

/**
 * Return a paper for a new practice of a quiz, in the order of its author.
 * @param {any} practice the practice file of the pack
 * @param {any} known the course's part of the server's state
 * @param {any[]} attempts those known of this quiz
 */
export function practicePaper(practice, known, attempts) {
  const number = Math.max(0, ...attempts.map((each) => each.number ?? 0)) + 1;
  return { ...practice, attempt: newUuid(), enrolment: known.enrolment, number };
}

/** Return what stands, as one hash: whoever changes an answer on its way is found out. @param {import("./overlay.js").AttemptLog} log */
export function standingOf(log) {
  const pairs = [...log.answers].filter(([, answer]) => hasAnswer(answer)).map(([question, answer]) => [question, answer.response]);
  return sha256Hex(canonicalJson(pairs.sort(([a], [b]) => order(a, b))));
}

/** Return a question's HTML, in whatever language: its steps and choices are the same in all. @param {any} item @returns {ParentNode} */
function pageOf(item) {
  const template = document.createElement("template");
  template.innerHTML = Object.values(/** @type {Record<string, string>} */ (item.html))[0] ?? "";
  return template.content;
}

/** @param {import("./overlay.js").Answer | undefined} answer */
export function hasAnswer(answer) {
  return answer !== undefined && answer.response !== null && answer.response !== undefined;
}

/** Return a question's words in a language, or in what stands in for it. @template T @param {Record<string, T>} words @param {string} language @returns {T} */
export function inLanguage(words, language) {
  return words[language] ?? words.en ?? Object.values(words)[0];
}
