// @ts-check
/**
 * Sitting a quiz on this device: begin, answer, hand in. Each is said to the outbox, and only what the
 * outbox has on disk counts as saved.
 */

import { canonicalJson, sha256Hex } from "../device/canonical.js";
import { newUuid } from "../device/ids.js";
import { KINDS } from "../kinds/index.js";
import { followAttempt, order } from "./overlay.js";

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

  /** How the attempt went so far, from what is saved. */
  get log() {
    return followAttempt(this.paper, this.learner.said);
  }

  /** How many questions have an answer. */
  get answered() {
    const { answers } = this.log;
    return this.items.filter((/** @type {any} */ item) => hasAnswer(answers.get(item.question))).length;
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
   */
  answer(item, response, flagged) {
    const step = (this.step += 1);
    return this.say(
      "answered",
      (log) => {
        const held = log.answers.get(item.question);
        const isKnown = held ? canonicalJson([held.response, held.flagged]) === canonicalJson([response, flagged]) : response === null && !flagged;
        if (isKnown) return null;
        return { question: item.question, response, flagged, nonce: this.learner.here.outbox.clock.page, step, ordinal: log.lastOrdinal + 1 };
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

/**
 * Return the marks of a practice paper, in thousandths, in its order.
 * @param {any} paper
 * @param {import("./overlay.js").AttemptLog} log
 */
export function marksOf(paper, log) {
  return paper.items.map((/** @type {any} */ item) => {
    const answer = log.answers.get(item.question);
    return hasAnswer(answer) ? KINDS[item.kind].mark(item.structure, answer?.response) : 0;
  });
}

/** @param {import("./overlay.js").Answer | undefined} answer */
export function hasAnswer(answer) {
  return answer !== undefined && answer.response !== null && answer.response !== undefined;
}

/** Return a question's words in a language, or in what stands in for it. @template T @param {Record<string, T>} words @param {string} language @returns {T} */
export function inLanguage(words, language) {
  return words[language] ?? words.en ?? Object.values(words)[0];
}
