// @ts-check
/** The first page, and all courses: those of this person that are on this device. */

import { order } from "./overlay.js";
import { dueFollowUps } from "./following.js";
import { pathCards } from "./paths.js";

/** @typedef {import("./course-state.js").CourseState} CourseState */

/** @param {import("./stage.js").Context} context @returns {import("./stage.js").Shown} */
export function home(context) {
  const { templates, addresses, learner } = context;
  const courses = learner.courses;
  const latest = [...courses].filter((each) => each.here).sort((a, b) => order(Date.parse(b.lastSeenAt), Date.parse(a.lastSeenAt)));
  const toDo = courses.flatMap((course) => course.quizzes.filter(isToDo).map(() => course));
  const asked = dueFollowUps(learner.here.state, learner.said, new Date());
  const values = {
    ...goOn(context, latest[0] ?? null),
    has_asked: asked.length > 0,
    asked: asked.map((each) => templates.part("home-follow-up", { cohort: each.name, url: addresses.followUp(each.cohort, each.months) })),
    initials: learner.here.person.initials,
    has_courses: courses.length > 0,
    courses: courses.map((each) => card(context, each)),
    has_to_do: toDo.length > 0,
    to_do: [...new Set(toDo)].map((each) => templates.part("home-to-do", { course: each.file.title, url: `${addresses.course(each.file.slug)}#quiz` })),
    is_done: courses.length > 0 && !latest.length && !toDo.length && !asked.length,
  };
  return { title: templates.say("home"), node: templates.view("home", values), entry: "home" };
}

/** @param {import("./stage.js").Context} context @returns {import("./stage.js").Shown} */
export function courses(context) {
  const { templates, addresses, learner } = context;
  const rows = learner.courses.map(({ file, total }) =>
    templates.part("courses-card", {
      url: addresses.course(file.slug),
      title: file.title,
      summary: file.summary,
      facts: [templates.say("lessons", { n: total }), templates.say("minutes", { minutes: file.minutes })].join(" · "),
    }),
  );
  const paths = pathCards(context);
  const values = { has_courses: rows.length > 0, courses: rows, has_paths: paths.length > 0, paths };
  return { title: templates.say("courses"), node: templates.view("courses", values), entry: "courses" };
}

/** A graded test that may be sat or gone on with. @param {import("./course-state.js").QuizRow} row */
function isToDo(row) {
  return !row.isPractice && (row.state === "open" || row.state === "begun");
}

/** @param {import("./stage.js").Context} context @param {CourseState | null} course */
function goOn({ templates, addresses }, course) {
  if (!course?.here) return { go_on: false };
  const { here, file, done, total } = course;
  return {
    go_on: true,
    is_begun: course.isBegun,
    is_started: here.isStarted,
    go_on_title: here.entry.title,
    go_on_url: addresses.lesson(file.slug, here.entry.slug, here.place),
    course: file.title,
    number: here.number,
    total,
    minutes: here.entry.minutes,
    progress: { value: done, max: total, label: templates.say("lessons_completed", { done, total }) },
  };
}

/** @param {import("./stage.js").Context} context @param {CourseState} course */
function card({ templates, addresses }, course) {
  const { file, done, total } = course;
  return templates.part("course-card", {
    url: addresses.course(file.slug),
    title: file.title,
    facts: factsOf(templates, course),
    progress: { value: done, max: total, label: templates.say("lessons_completed", { done, total }) },
  });
}

/** @param {import("./templates.js").Templates} templates @param {CourseState} course */
function factsOf(templates, { isComplete, minutesLeft, minutes, isBegun }) {
  if (isComplete) return templates.say("completed");
  if (!minutesLeft) return templates.say("all_completed");
  if (isBegun) return templates.say("minutes_left_of", { left: minutesLeft, total: minutes });
  return templates.say("not_begun", { total: minutes });
}
