// @ts-check
/**
 * How a practice is marked on this device: the twin of assessments/scoring.py, trying.py and calibration.py. Pure.
 *
 * tests/data/behaviours.json holds what both must come to.
 */

import { FULL_MARK_MILLI, KINDS } from "../kinds/index.js";

export const MOST_TRIES = 3;
const MOST_CERTAIN = 3;
/** Points for a right and for a wrong answer, by how certain the learner was. @type {Readonly<Record<number, [number, number]>>} */
const POINTS = Object.freeze({ 1: [1, 0], 2: [2, -2], 3: [3, -6] });

/** @typedef {import("./overlay.js").AttemptLog} AttemptLog */

/** How answers are marked: "at_end", "at_once", "tries" or "certainty". @param {any} paper @returns {string} */
export function markingOf(paper) {
  return paper.behaviour || (paper.class === "practice" ? "at_once" : "at_end");
}

/** Tell whether a page says what is right before the hand-in: never but in practice. @param {any} paper */
export function tellsAtOnce(paper) {
  return paper.class === "practice" && ["at_once", "tries"].includes(markingOf(paper));
}

/**
 * Return how the tries at a question stand. What a person would mark has no other try.
 * @param {any} item @param {AttemptLog} log
 */
export function tryingOf(item, log) {
  const tries = log.tries.get(item.question) ?? [];
  const kind = KINDS[item.kind];
  if (kind.isMarkedByHand) return { used: tries.length ? MOST_TRIES : 0, isRight: false, left: tries.length ? 0 : MOST_TRIES, isSettled: tries.length > 0 };
  const last = tries[tries.length - 1];
  const isRight = last !== undefined && kind.mark(item.structure, last.response) === FULL_MARK_MILLI;
  const left = isRight ? 0 : Math.max(0, MOST_TRIES - tries.length);
  return { used: tries.length, isRight, left, isSettled: isRight || left === 0 };
}

/** Return the response that is marked: of several tries the last. @param {any} paper @param {any} item @param {AttemptLog} log @returns {any} */
export function markedResponse(paper, item, log) {
  const tries = markingOf(paper) === "tries" ? (log.tries.get(item.question) ?? []) : [];
  return (tries[tries.length - 1] ?? log.answers.get(item.question))?.response ?? null;
}

/** Return the mark of one question in thousandths, before weight and certainty. @param {any} paper @param {any} item @param {AttemptLog} log */
export function markItem(paper, item, log) {
  // An answer that was taken back earns nothing, whatever was tried before.
  const isGiven = (log.answers.get(item.question)?.response ?? null) !== null;
  const response = isGiven ? markedResponse(paper, item, log) : null;
  if (response === null || KINDS[item.kind].isMarkedByHand) return 0;
  const mark = KINDS[item.kind].mark(item.structure, response);
  const tries = markingOf(paper) === "tries" ? (log.tries.get(item.question)?.length ?? 0) : 0;
  return lessPenalty(mark, Math.max(1, tries), paper.penalty_percent ?? 0);
}

/** Return a mark less what the tries before it cost; never below 0. @param {number} mark @param {number} tries @param {number} percent */
export function lessPenalty(mark, tries, percent) {
  return Math.max(0, mark - Math.floor(((tries - 1) * percent * FULL_MARK_MILLI) / 100));
}

/** Return thousandths of a point for a mark and how certain the learner was; without a certainty the least counts. @param {number} mark @param {number | null} certainty */
export function withCertainty(mark, certainty) {
  const [right, wrong] = POINTS[certainty ?? 1] ?? POINTS[1];
  return mark > 0 ? mark * right : wrong * FULL_MARK_MILLI;
}

/**
 * Return the marks of a paper in its order, and what they add up to, in thousandths.
 * @param {any} paper @param {AttemptLog} log
 */
export function scorePaper(paper, log) {
  const isCertain = markingOf(paper) === "certainty";
  const marks = paper.items.map((/** @type {any} */ item) => markItem(paper, item, log));
  let [points, outOf] = [0, 0];
  paper.items.forEach((/** @type {any} */ item, /** @type {number} */ place) => {
    // Practice has nobody who marks: a model answer stands beside it instead.
    if (KINDS[item.kind].isMarkedByHand) return;
    const weight = item.weight ?? FULL_MARK_MILLI;
    const certainty = certaintyOf(paper, item, log);
    const brought = !isCertain ? marks[place] : certainty === null ? 0 : withCertainty(marks[place], certainty);
    points += Math.floor((weight * brought) / FULL_MARK_MILLI);
    outOf += weight * (isCertain ? MOST_CERTAIN : 1);
  });
  return { marks, points: Math.max(0, points), outOf };
}

/** Return how certain the learner was of an answer, the least where nothing is said; null without an answer, or where it is not asked. @param {any} paper @param {any} item @param {AttemptLog} log */
export function certaintyOf(paper, item, log) {
  const answer = log.answers.get(item.question);
  if (markingOf(paper) !== "certainty" || !answer || answer.response === null) return null;
  return answer.certainty ?? 1;
}

/** Return how often the learner was right, by how certain, the most certain first. @param {any} paper @param {AttemptLog} log @param {number[]} marks */
export function calibrate(paper, log, marks) {
  const held = paper.items.map((/** @type {any} */ item) => certaintyOf(paper, item, log));
  return [3, 2, 1].flatMap((certainty) => {
    const found = marks.filter((_mark, place) => held[place] === certainty);
    return found.length ? [{ certainty, right: found.filter((mark) => mark === FULL_MARK_MILLI).length, times: found.length }] : [];
  });
}
