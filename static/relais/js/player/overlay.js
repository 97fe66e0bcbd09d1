// @ts-check
/**
 * What is done, seen from this device: the server's state with what was said here since laid over it. Pure.
 *
 * Everything follows from sets: the same statements in any order, with repeats, or once more in the
 * server's state, give the same. The rules are those of courses.progress, courses.overview and
 * assessments.answering.
 */

import { factsOf, unitOf, verbOf } from "../device/statements.js";

/** @typedef {{id: string, verb: string, unit: {kind: string, id: string}, facts: Record<string, any>, at: string}} Said */
/** @typedef {{startedAt: string, completedAt: string | null, place: string, ordinal: number}} LessonState */
/** @typedef {{response: any, flagged: boolean, certainty: number | null, check: number, ordinal: number, id: string, at: string}} Answer */
/** @typedef {{startedAt: string | null, handedInAt: string | null, answers: Map<string, Answer>, tries: Map<string, Answer[]>, lastOrdinal: number}} AttemptLog */

const MOST_CERTAIN = 3;
const MOST_CHECKS = 20;

/**
 * Return what the rules need of statements.
 * @param {import("../device/statements.js").Statement[]} statements
 * @returns {Said[]}
 */
export function readAll(statements) {
  return statements.map((each) => ({
    id: each.id,
    verb: verbOf(each),
    unit: unitOf(each),
    facts: factsOf(each),
    at: each.timestamp,
  }));
}

/**
 * Return how far one enrolment is with each lesson.
 * @param {string} enrolment
 * @param {Record<string, any>} known the lessons of the server's state
 * @param {Said[]} said
 * @returns {Map<string, LessonState>}
 */
export function lessonStates(enrolment, known, said) {
  /** @type {Map<string, LessonState>} */
  const states = new Map();
  for (const [lesson, each] of Object.entries(known)) {
    const startedAt = each.started_at ?? each.completed_at;
    if (!startedAt) continue;
    states.set(lesson, { startedAt, completedAt: each.completed_at ?? null, place: each.place ?? "", ordinal: each.ordinal ?? 0 });
  }
  for (const each of said) {
    if (each.unit.kind !== "lesson" || each.facts.enrolment !== enrolment) continue;
    const held = states.get(each.facts.lesson);
    const state = held ?? { startedAt: each.at, completedAt: null, place: "", ordinal: 0 };
    state.startedAt = earliest(state.startedAt, each.at);
    if (each.verb === "completed") state.completedAt = earliest(state.completedAt, each.at);
    if (each.verb === "progressed" && each.facts.place && each.facts.ordinal > state.ordinal) {
      state.place = each.facts.place;
      state.ordinal = each.facts.ordinal;
    }
    states.set(each.facts.lesson, state);
  }
  return states;
}

/**
 * Return how an attempt went so far: what the server knew when it gave the paper, and what was said here.
 * An answer whose ordinal lies above that of the hand-in was given after it and does not count.
 * @param {any} paper
 * @param {Said[]} said
 * @returns {AttemptLog}
 */
export function followAttempt(paper, said) {
  const mine = said.filter((each) => each.unit.kind === "attempt" && each.unit.id === paper.attempt);
  const begun = mine.filter((each) => each.verb === "initialized").map((each) => each.at);
  const ends = mine.filter((each) => each.verb === "submitted").sort((a, b) => whole(a.facts.ordinal) - whole(b.facts.ordinal) || order(a.at, b.at));
  const end = ends.length ? whole(ends[0].facts.ordinal) : Infinity;
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  let lastOrdinal = whole(paper.last_ordinal);
  for (const [question, each] of Object.entries(paper.answers ?? {})) {
    answers.set(question, readAnswer({ ...each, check: 0 }, "", ""));
  }
  /** @type {Said[]} */
  const checked = [];
  for (const each of mine) {
    lastOrdinal = Math.max(lastOrdinal, whole(each.facts.ordinal));
    if (each.verb !== "answered" || whole(each.facts.ordinal) >= end) continue;
    checked.push(each);
    const held = answers.get(each.facts.question);
    if (held && order(held.ordinal, whole(each.facts.ordinal)) > 0) continue;
    if (held && held.ordinal === each.facts.ordinal && held.id > each.id) continue;
    answers.set(each.facts.question, readAnswer(each.facts, each.id, each.at));
  }
  return {
    startedAt: begun.reduce(earliest, paper.started_at ?? null),
    handedInAt: ends.length ? ends[0].at : (paper.handed_in_at ?? null),
    answers,
    tries: triesAmong(checked.map((each) => [each.facts.question, readAnswer(each.facts, each.id, each.at)])),
    lastOrdinal,
  };
}

/** @param {Record<string, any>} facts @param {string} id @param {string} at @returns {Answer} */
function readAnswer({ response, flagged, ordinal, certainty, check }, id, at) {
  const [held, tried] = [whole(certainty), whole(check)];
  return {
    response: response ?? null,
    flagged: flagged === true,
    certainty: held > 0 && held <= MOST_CERTAIN ? held : null,
    check: tried > 0 && tried <= MOST_CHECKS ? tried : 0,
    ordinal: whole(ordinal),
    id,
    at,
  };
}

/** Return the answers that were checked, by question, in the order of the tries; of two with one number the later stands. @param {[string, Answer][]} answers */
function triesAmong(answers) {
  /** @type {Map<string, Map<number, Answer>>} */
  const found = new Map();
  const inOrder = [...answers].sort(([, a], [, b]) => order(a.ordinal, b.ordinal) || order(a.at, b.at) || order(a.id, b.id));
  for (const [question, answer] of inOrder) {
    if (!answer.check || answer.response === null) continue;
    const tries = found.get(question) ?? new Map();
    found.set(question, tries.set(answer.check, answer));
  }
  return new Map([...found].map(([question, tries]) => [question, [...tries.values()].sort((a, b) => a.check - b.check)]));
}

/**
 * Return the attempts at a quiz: those the server knows, and those begun here, by number.
 * @param {string} quiz
 * @param {any} known the quiz's part of the server's state
 * @param {any[]} papers those of attempts that were begun elsewhere are attempts too
 * @param {Said[]} said
 */
export function attemptsAt(quiz, known, papers, said) {
  const begun = papers.filter((each) => each.quiz === quiz && each.started_at);
  /** @type {[string, any][]} */
  const carried = begun.map(({ attempt, number, started_at: at, handed_in_at: end }) => [attempt, { uuid: attempt, number, started_at: at, handed_in_at: end, is_passed: null }]);
  /** @type {[string, any][]} */
  const told = (known?.attempts ?? []).map((/** @type {any} */ each) => [each.uuid, { ...each }]);
  const found = new Map([...carried, ...told]);
  for (const each of said) {
    if (each.unit.kind !== "attempt" || each.verb !== "initialized" || each.facts.quiz !== quiz) continue;
    const held = found.get(each.unit.id) ?? { uuid: each.unit.id, number: each.facts.number, is_passed: null };
    found.set(each.unit.id, { ...held, started_at: earliest(held.started_at ?? null, each.at), paper: each.facts.paper });
  }
  for (const each of said) {
    const attempt = each.verb === "submitted" && each.unit.kind === "attempt" ? found.get(each.unit.id) : null;
    if (attempt) attempt.handed_in_at = earliest(attempt.handed_in_at ?? null, each.at);
  }
  return [...found.values()].sort((a, b) => a.number - b.number || order(a.uuid, b.uuid));
}

/** Order two times or texts. @param {any} a @param {any} b */
export function order(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * Return the earlier of two times; their texts may differ in form.
 * @template {string | null} T
 * @param {T} a
 * @param {string} b
 * @returns {string}
 */
function earliest(a, b) {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a;
}

/** @param {unknown} value */
function whole(value) {
  return Number.isInteger(value) ? Number(value) : 0;
}
