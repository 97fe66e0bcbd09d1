// @ts-check
/** One attempt of a page through the outbox of the person who is here. */

import { extrasOf } from "../certainty.js";
import { canonicalJson, sha256Hex } from "./canonical.js";
import { openDevice, readAll } from "./database.js";
import { QuotaError } from "./outbox.js";
import { factsOf, unitOf, verbOf } from "./statements.js";
import { device } from "./sync.js";
import { within } from "./words.js";

export { QuotaError };

// The first page of a person makes keys and enrols them: a reader does not wait longer for that than for a form.
const OPENING_MS = 4000;

/**
 * @typedef {{response: any, flagged: boolean, certainty: number | null, ordinal: number, id: string, at: string}} Answer
 * @typedef {{attempt: string, enrolment: string, actor: string, quiz: string, ordinal: number}} About
 */

export class AttemptOutbox {
  /** @param {import("./sync.js").Device} device @param {About} about */
  constructor(device, about) {
    this.device = device;
    this.outbox = device.outbox;
    this.about = about;
  }

  /**
   * Open the outbox for the attempt that an element names; null where the page has to do without.
   * @param {HTMLElement} element with the data of assessments/_outbox.html
   * @returns {Promise<AttemptOutbox | null>}
   */
  static async open(element) {
    const { outbox, attempt = "", enrolment = "", actor = "", quizUuid = "", ordinal } = element.dataset;
    if (outbox === undefined) return null;
    const here = await within(OPENING_MS, device());
    // Somebody may be known by two accounts since two records were merged: each speaks for its own.
    if (!here || here.person.actor !== actor) return null;
    carry(here, attempt).catch(() => {});
    return new AttemptOutbox(here, { attempt, enrolment, actor, quiz: quizUuid, ordinal: Number(ordinal) });
  }

  /** Return what this device said of the attempt, oldest first. @returns {Promise<import("./statements.js").Statement[]>} */
  async said() {
    return (await this.outbox.statements()).filter((statement) => unitOf(statement).id === this.about.attempt);
  }

  /** Return the newest answer to each question that is on this device. @returns {Promise<Map<string, Answer>>} */
  async answers() {
    /** @type {Map<string, Answer>} */
    const found = new Map();
    for (const statement of (await this.said()).filter((each) => verbOf(each) === "answered")) {
      const { question, response, flagged, ordinal, certainty = null } = factsOf(statement);
      const held = found.get(question);
      if (!held || held.ordinal < ordinal) found.set(question, { response, flagged, certainty, ordinal, id: statement.id, at: statement.timestamp });
    }
    return found;
  }

  /** Return the id of the hand-in that was said here, or null. @returns {Promise<string | null>} */
  async handedIn() {
    return (await this.said()).find((each) => verbOf(each) === "submitted")?.id ?? null;
  }

  /**
   * Write an answer down; resolves once it is on disk.
   * @param {{question: string, response: any, flagged: boolean, step: number, certainty?: number | null}} given
   */
  answer({ question, response, flagged, step, certainty }) {
    return this.say("answered", ["question", question], { question, response, flagged, nonce: "", step, ...extrasOf({ certainty }) });
  }

  /**
   * Hand in: say so, and what the hand-in was made of.
   * @param {Record<string, {response: any, ordinal: number}>} known the answers that the centre has
   */
  async handIn(known) {
    const answers = new Map(Object.entries(known));
    for (const [question, answer] of await this.answers()) {
      if ((answers.get(question)?.ordinal ?? 0) < answer.ordinal) answers.set(question, answer);
    }
    const standing = await standingOf([...answers].map(([question, { response }]) => [question, response]));
    return this.say("submitted", ["quiz", this.about.quiz], { standing });
  }

  /** @param {string} verb @param {[string, string]} activity @param {Record<string, any>} facts */
  async say(verb, activity, facts) {
    const { attempt, enrolment, ordinal } = this.about;
    const unit = { kind: "attempt", id: attempt };
    const draft = { verb, activity, unit, registration: enrolment, facts: { ...facts, ordinal: ordinal + 1 } };
    const [statement] = await this.outbox.add([draft]);
    this.about.ordinal = factsOf(statement).ordinal;
    return statement;
  }
}

/**
 * Fetch the paper of an attempt that was begun on the site a moment ago: with it, a device that has the
 * course goes on when the line is cut.
 * @param {import("./sync.js").Device} here @param {string} attempt
 */
async function carry(here, attempt) {
  if (here.papers.has(attempt) || !(await readAll(await openDevice(), "courses")).length) return;
  await here.refresh({ force: true });
}

/** Return the hash of the answers that stand, as the server makes it. @param {[string, any][]} answers @returns {Promise<string>} */
export function standingOf(answers) {
  const given = answers.filter(([, response]) => response !== null).sort(([one], [other]) => (one < other ? -1 : 1));
  return sha256Hex(canonicalJson(given));
}
