// @ts-check
/** A course as its learner meets it, the twin of courses/overview.py, and where each quiz stands. Pure. */

import { attemptsAt, followAttempt, lessonStates, order } from "./overlay.js";

/**
 * @typedef {"done" | "here" | "ahead"} RowState
 * @typedef {{entry: any, number: number, state: RowState, isStarted: boolean, place: string, ordinal: number, isCounted: boolean}} LessonRow
 * @typedef {"passed" | "begun" | "open" | "waiting" | "shut" | "used" | "absent" | "exam" | "early" | "closed"} QuizState
 * @typedef {{quiz: any, state: QuizState, attempts: any[], paper: any, isPractice: boolean, left: number | null}} QuizRow
 * @typedef {{file: any, known: any, lessons: LessonRow[], here: LessonRow | null, quizzes: QuizRow[],
 *   done: number, total: number, minutes: number, minutesLeft: number, isBegun: boolean, isComplete: boolean,
 *   lastSeenAt: string}} CourseState
 */

/**
 * Put a course's file, what the server knew and what was said here together.
 * @param {any} file the course's file of the pack
 * @param {any} known the course's part of the server's state
 * @param {any[]} papers
 * @param {import("./overlay.js").Said[]} said
 * @returns {CourseState}
 */
export function courseState(file, known, papers, said) {
  const entries = file.modules.flatMap((/** @type {any} */ each) => each.lessons);
  const states = lessonStates(known.enrolment, known.lessons ?? {}, said);
  const here = nextLesson(entries, states);
  const counted = new Set(known.outline?.lessons ?? []);
  const lessons = entries.map((/** @type {any} */ entry, /** @type {number} */ place) => {
    const state = states.get(entry.uuid);
    return {
      entry,
      number: place + 1,
      state: state?.completedAt ? "done" : entry === here ? "here" : "ahead",
      isStarted: Boolean(state),
      place: state?.completedAt ? "" : (state?.place ?? ""),
      ordinal: state?.ordinal ?? 0,
      isCounted: counted.has(entry.uuid),
    };
  });
  const left = lessons.filter((/** @type {LessonRow} */ row) => row.state !== "done");
  const quizzes = file.quizzes.map((/** @type {any} */ quiz) => quizRow(quiz, known, papers, said, left.length === 0));
  const wanted = new Set(known.outline?.quizzes ?? []);
  const times = [...states.values()].flatMap((each) => [each.startedAt, each.completedAt ?? each.startedAt]);
  return {
    file,
    known,
    lessons,
    here: lessons.find((/** @type {LessonRow} */ row) => row.state === "here") ?? null,
    quizzes,
    done: lessons.length - left.length,
    total: lessons.length,
    minutes: sum(entries),
    minutesLeft: sum(left.map((/** @type {LessonRow} */ row) => row.entry)),
    isBegun: states.size > 0,
    isComplete:
      Boolean(known.progress?.completed_at) ||
      (lessons.length > 0 && !left.length && quizzes.every((/** @type {QuizRow} */ row) => !wanted.has(row.quiz.uuid) || row.state === "passed")),
    lastSeenAt: times.sort((a, b) => order(Date.parse(a), Date.parse(b))).pop() ?? known.enrolled_at ?? "",
  };
}

/** Return where to go on: the lesson begun last and not finished, else the first unread one. @param {any[]} entries @param {Map<string, any>} states */
function nextLesson(entries, states) {
  const left = entries.filter((each) => !states.get(each.uuid)?.completedAt);
  const begun = left.filter((each) => states.has(each.uuid));
  const when = (/** @type {any} */ each) => Date.parse(states.get(each.uuid).startedAt);
  return begun.reduce((latest, each) => (when(each) > when(latest) ? each : latest), begun[0] ?? left[0] ?? null);
}

/**
 * Return where a quiz stands for this learner on this device.
 * @param {any} quiz
 * @param {any} known
 * @param {any[]} papers
 * @param {import("./overlay.js").Said[]} said
 * @param {boolean} allRead
 * @returns {QuizRow}
 */
export function quizRow(quiz, known, papers, said, allRead) {
  const server = known.quizzes?.[quiz.uuid];
  const own = papers.filter((each) => each.enrolment === known.enrolment);
  const attempts = attemptsAt(quiz.uuid, server, own, said);
  const isPractice = quiz.class === "practice";
  const isOpen = allRead || quiz.opens_after === "enrolment";
  const carried = own
    .filter((each) => each.quiz === quiz.uuid)
    .map((paper) => ({ paper, log: followAttempt(paper, said) }))
    .filter(({ log }) => !log.handedInAt);
  const begun = carried.find(({ log }) => log.startedAt);
  const fresh = carried.find(({ log }) => !log.startedAt);
  const row = { quiz, attempts, isPractice, left: server?.attempts_left ?? null };
  /** @param {QuizState} state @param {any} paper @returns {QuizRow} */
  const standing = (state, paper = null) => ({ ...row, state, paper });
  if (isPractice) return standing(isOpen ? "open" : "shut");
  if (server?.is_passed) return standing("passed");
  if (quiz.class === "exam") return standing("exam");
  if (begun) return standing("begun", begun.paper);
  if (attempts.some((each) => each.handed_in_at && typeof each.is_passed !== "boolean")) return standing("waiting");
  if (!isOpen) return standing("shut");
  if (fresh && server?.may_start !== false) return standing(timeState(fresh.paper, Date.now()), fresh.paper);
  return standing(server && server.attempts_left === 0 && !server.has_open ? "used" : "absent");
}

/**
 * Return whether a paper may be begun at a time, by the clock of this device.
 * @param {{not_before?: string | null, closes_at?: string | null}} paper
 * @param {number} now
 * @returns {QuizState}
 */
export function timeState(paper, now) {
  if (paper.not_before && now < Date.parse(paper.not_before)) return "early";
  return paper.closes_at && now >= Date.parse(paper.closes_at) ? "closed" : "open";
}

/** @param {any[]} entries */
function sum(entries) {
  return entries.reduce((total, each) => total + each.minutes, 0);
}
