// @ts-check
/** One person on this device: their courses that are here, with what they did, and how to say more. */

import { courseState } from "./course-state.js";
import { readAll } from "./overlay.js";

/**
 * What sync.js gives for the person who is here; `papers` by attempt.
 * @typedef {{person: any, outbox: any, state: any, papers: Map<string, any>, onChange?: (fn: () => unknown) => unknown}} Device
 */

/**
 * Return who is here with their courses, read anew; null where nobody is.
 * `remembered` holds what was said in this load of the page: the centre may have it by now, and not yet
 * have said so in its state.
 * @param {{device: () => Promise<Device | null>, library: import("./library.js").Library, remembered: Map<string, import("./overlay.js").Said>}} sources
 */
export async function openLearner({ device, library, remembered }) {
  const here = await device();
  if (!here) return null;
  const [files, statements] = await Promise.all([library.courses(), here.outbox.statements()]);
  const said = new Map([...remembered.values(), ...readAll(statements)].map((each) => [each.id, each]));
  return new Learner(here, library, files, [...said.values()], remembered);
}

export class Learner {
  /**
   * @param {Device} here
   * @param {import("./library.js").Library} library
   * @param {any[]} files
   * @param {import("./overlay.js").Said[]} said
   * @param {Map<string, import("./overlay.js").Said>} remembered
   */
  constructor(here, library, files, said, remembered) {
    this.here = here;
    this.library = library;
    this.said = said;
    this.remembered = remembered;
    this.papers = [...here.papers.values()];
    const enrolments = new Map((here.state?.courses ?? []).map((/** @type {any} */ each) => [each.course, each]));
    // A tablet has many people: a course that is here for another is not open to this one.
    this.courses = files
      .filter((file) => enrolments.has(file.course))
      .map((file) => courseState(file, enrolments.get(file.course), this.papers, said));
  }

  /**
   * Say something; resolves once it is saved on this device, never before.
   * @param {any[]} drafts
   */
  async say(drafts) {
    const said = readAll(await this.here.outbox.add(drafts));
    for (const each of said) this.remembered.set(each.id, each);
    this.said.push(...said);
    return said;
  }

  /** @param {string} slug in any language: an address may have been noted in another */
  courseAt(slug) {
    const inPage = this.courses.find((each) => each.file.slug === slug);
    return inPage ?? this.courses.find((each) => Object.values(each.file.slugs ?? {}).includes(slug)) ?? null;
  }

  /** @param {string} quiz */
  quizAt(quiz) {
    for (const course of this.courses) {
      const row = course.quizzes.find((each) => each.quiz.uuid === quiz);
      if (row) return { course, row };
    }
    return null;
  }

  /**
   * Return an attempt that the centre or this device knows, with its quiz and course.
   * @param {string} uuid
   */
  attemptAt(uuid) {
    for (const course of this.courses) {
      for (const row of course.quizzes) {
        const attempt = row.attempts.find((each) => each.uuid === uuid);
        if (attempt) return { course, row, attempt };
      }
    }
    return null;
  }

  /**
   * Return the paper of an attempt with its course: carried for it, or a practice quiz begun here.
   * @param {string} attempt
   */
  async paperOf(attempt) {
    const carried = this.papers.find((each) => each.attempt === attempt);
    if (carried) {
      const found = this.quizAt(carried.quiz);
      return found ? { ...found, paper: carried } : null;
    }
    const begun = this.said.find((each) => each.unit.id === attempt && each.verb === "initialized" && each.unit.kind === "attempt");
    const found = begun ? this.quizAt(begun.facts.quiz) : null;
    if (!found || !begun || !found.row.isPractice) return null;
    const practice = await this.library.practice(found.course.file.course, found.row.quiz);
    // The questions may have been changed since: then this attempt cannot go on here.
    if (practice.sha256 !== begun.facts.paper) return null;
    return { ...found, paper: { ...practice, attempt, enrolment: begun.facts.enrolment, number: begun.facts.number } };
  }
}
