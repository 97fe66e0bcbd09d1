// @ts-check
/** One course: its lessons, its quizzes, its certificate. */

import { tongueOf } from "./stage.js";

/** @typedef {import("./course-state.js").QuizRow} QuizRow */

/** What a quiz's state is on the line: its place, its word, how the word looks. */
const STATES = {
  passed: { row: "done", word: "passed", look: "is_plain" },
  begun: { row: "here", word: "under_way", look: "is_now" },
  open: { row: "here", word: "open", look: "is_now" },
  waiting: { row: "done", word: "handed_in", look: "is_plain" },
  shut: { row: "shut", word: "not_open", look: "is_shut" },
  used: { row: "shut", word: "not_open", look: "is_shut" },
  absent: { row: "shut", word: "not_open", look: "is_shut" },
  exam: { row: "shut", word: "not_open", look: "is_shut" },
  early: { row: "shut", word: "not_open", look: "is_shut" },
  closed: { row: "shut", word: "quiz_closed", look: "is_shut" },
};
const WHY = { shut: "opens_after_lessons", absent: "needs_connection", exam: "exam_at_centre", used: "attempts_used", waiting: "waits_for_result", early: "begins_at", closed: "closed_at" };

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {import("./stage.js").Shown | null} */
export function course(context, given) {
  const { templates, addresses, learner, language } = context;
  const found = learner.courseAt(given.course);
  if (!found) return null;
  const { file, here } = found;
  const tongue = tongueOf(file.lang, language);
  const values = {
    ...file,
    courses_url: addresses.courses,
    minutes: minutesOf(templates, found),
    lessons: templates.say("lessons", { n: found.total }),
    certificate: file.certificate_title ? validity(templates, file.certificate_valid_months) : "",
    here_url: here ? addresses.lesson(file.slug, here.entry.slug, here.place) : "",
    here_title: here?.entry.title,
    is_begun: found.isBegun,
    completed: templates.say("completed_of", { done: found.done, total: found.total }),
    has_objectives: file.objectives.length > 0,
    objectives: file.objectives.map(listItem),
    has_job_aids: (file.job_aids ?? []).length > 0,
    job_aids: (file.job_aids ?? []).map((/** @type {any} */ each) =>
      templates.part("job-aid-row", { url: addresses.sheet(file.slug, each.slug), title: each.title, summary: each.summary }, tongue),
    ),
    edition: editionName(file.edition, templates, language),
    rows: [
      ...found.lessons.map((row) => lessonRow(context, file, row, tongue)),
      ...found.quizzes.map((row) => quizRow(context, row, tongue)),
      ...(file.certificate_title ? [certificateRow(templates, found)] : []),
    ],
  };
  const node = templates.view("course", values, tongue);
  return { title: file.title, node, entry: "courses", address: addresses.course(file.slug), elsewhere: elsewhere(file.slugs) };
}

/** @param {import("./templates.js").Templates} templates @param {import("./course-state.js").CourseState} found */
function minutesOf(templates, { minutes, minutesLeft }) {
  const name = minutesLeft === minutes ? "minutes_in_all" : "minutes_in_all_left";
  return templates.say(name, { total: minutes, left: minutesLeft });
}

/** A country's edition has the country's name. @param {string} edition @param {import("./templates.js").Templates} templates @param {string} language */
function editionName(edition, templates, language) {
  if (edition === "international") return templates.say("international");
  return /^[a-z]{2}$/u.test(edition) ? (new Intl.DisplayNames([language], { type: "region" }).of(edition.toUpperCase()) ?? edition) : edition;
}

/** @param {import("./templates.js").Templates} templates @param {number} months */
function validity(templates, months) {
  return months % 12 ? templates.say("valid_months", { n: months }) : templates.say("valid_years", { n: months / 12 });
}

/** The same course in other languages, where it has them. @param {Record<string, string>} slugs */
function elsewhere(slugs = {}) {
  return Object.fromEntries(Object.entries(slugs).map(([code, slug]) => [code, `/${code}/courses/${slug}/`]));
}

/** @param {string} text */
function listItem(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}

/** @param {import("./stage.js").Context} context @param {any} file @param {import("./course-state.js").LessonRow} row @param {any} tongue */
function lessonRow({ templates, addresses }, file, { entry, number, state, isStarted, place }, tongue) {
  const values = {
    url: addresses.lesson(file.slug, entry.slug, place),
    title: `${number}. ${entry.title}`,
    minutes: templates.say("minutes", { minutes: entry.minutes }),
    is_done: state === "done",
    is_under_way: state !== "done" && isStarted,
    is_next: state === "here" && !isStarted,
    is_ahead: state === "ahead" && !isStarted,
  };
  const row = templates.part("lesson-row", values, tongue);
  const item = /** @type {HTMLElement} */ (row.firstElementChild);
  if (state !== "ahead") item.className = state;
  if (state === "here") item.firstElementChild?.setAttribute("aria-current", "step");
  return row;
}

/** @param {import("./stage.js").Context} context @param {QuizRow} row @param {any} tongue */
function quizRow({ templates, addresses }, row, tongue) {
  const { quiz, state, paper, isPractice } = row;
  const look = STATES[state];
  const time = { early: paper?.not_before, closed: paper?.closes_at }[/** @type {"early" | "closed"} */ (state)];
  const why = state in WHY ? templates.say(WHY[/** @type {keyof WHY} */ (state)], { time: timeWords(time) }) : "";
  const practice = isPractice && state === "open";
  const url = { begun: () => addresses.attempt(paper.attempt), open: () => addresses.start(quiz.uuid) };
  const values = {
    title: quiz.title,
    description: quiz.description,
    why,
    state: practice ? templates.say("practice") : templates.say(look.word),
    button: isPractice ? "btn alt grow" : "btn grow",
    is_now: !practice && look.look === "is_now",
    is_plain: !practice && look.look === "is_plain",
    is_shut: practice || look.look === "is_shut",
    url: state === "begun" || state === "open" ? url[state]() : "",
    label: templates.say(state === "begun" ? "go_on_with" : isPractice ? "practise" : "go_to", { title: quiz.title }),
  };
  const node = templates.part("quiz-row", values, tongue);
  const item = /** @type {HTMLElement} */ (node.firstElementChild);
  item.className = practice ? "" : look.row;
  if (!isPractice) item.id = "quiz";
  return node;
}

/** A day and time with the name of the time zone, as this device keeps it. @param {string | null | undefined} moment */
function timeWords(moment) {
  if (!moment) return "";
  const form = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, /** @type {Intl.DateTimeFormatOptions} */ (form)).format(new Date(moment));
}

/** @param {import("./templates.js").Templates} templates @param {import("./course-state.js").CourseState} found */
function certificateRow(templates, { isComplete, quizzes }) {
  const percent = Math.max(0, ...quizzes.filter((row) => !row.isPractice).map((row) => row.quiz.pass_mark_percent));
  const row = templates.part("certificate-row", { percent, is_done: isComplete });
  /** @type {HTMLElement} */ (row.firstElementChild).className = isComplete ? "done" : "shut";
  return row;
}
