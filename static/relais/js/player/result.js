// @ts-check
/** After the hand-in: practice is explained here; a test waits for the centre, or has its result. */

import { FULL_MARK_MILLI, KINDS } from "../kinds/index.js";
import { dateText, pointsText, timeText } from "./numbers.js";
import { stemOf } from "./review.js";
import { inLanguage, marksOf, Sitting } from "./sitting.js";
import { nodesOf } from "./stage.js";

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function result(context, given) {
  const { templates, addresses, learner, language } = context;
  const found = learner.attemptAt(given.attempt);
  if (!found) return null;
  const { course, row, attempt } = found;
  if (!attempt.handed_in_at) return { address: addresses.attempt(given.attempt), isRedirect: true };
  const own = await learner.paperOf(given.attempt);
  const sitting = own ? new Sitting(learner, own) : null;
  const isWaiting = !row.isPractice && typeof attempt.is_passed !== "boolean";
  const values = {
    course_url: addresses.course(course.file.slug),
    course: course.file.title,
    place: `${row.quiz.title}, ${course.file.title}`,
    number: attempt.number,
    date: dateText(attempt.handed_in_at, language),
    is_practice: row.isPractice,
    is_waiting: isWaiting,
    is_passed: !row.isPractice && attempt.is_passed === true && attempt.counts !== false,
    is_failed: !row.isPractice && attempt.is_passed === false,
    is_doubtful: !row.isPractice && attempt.is_passed === true && attempt.counts === false && attempt.decision !== "denied",
    is_denied: !row.isPractice && attempt.is_passed === true && attempt.decision === "denied",
    is_scored: !row.isPractice && !isWaiting,
    time_is_over: ranOut(row, attempt),
    ...(isWaiting ? await wayOf(context, given.attempt, attempt) : {}),
    ...(row.isPractice && sitting ? explained(context, sitting) : scored(row, attempt, language)),
    attempts_left: attempt.is_passed === false && row.left ? templates.say("attempts_left", { n: row.left }) : "",
    again_url: row.state === "open" && !isWaiting ? addresses.start(row.quiz.uuid) : "",
  };
  const bind = (/** @type {HTMLElement} */ _root, /** @type {AbortSignal} */ signal) => isWaiting && follow(context, signal);
  return { title: templates.say("result"), node: templates.view("result", values), entry: "courses", bind };
}

/** Tell whether the time ended the attempt. @param {any} row @param {any} attempt */
function ranOut({ quiz }, attempt) {
  return Boolean(quiz.time_limit_s && attempt.started_at) && Date.parse(attempt.handed_in_at) - Date.parse(attempt.started_at) >= quiz.time_limit_s * 1000;
}

/** How far the answers are on their way. @param {import("./stage.js").Context} context @param {string} uuid @param {any} attempt */
async function wayOf({ learner, language }, uuid, attempt) {
  const ids = learner.said.filter((/** @type {any} */ each) => each.unit.id === uuid).map((/** @type {any} */ each) => each.id);
  const states = [...(await learner.here.outbox.statesOf(ids)).values()];
  const isSent = states.every((state) => state !== "waiting");
  return { handed_in_at: timeText(attempt.handed_in_at, language), is_sent: isSent, sent_class: isSent ? "done" : "here" };
}

/** What the centre said of an attempt. @param {any} row @param {any} attempt @param {string} language */
function scored({ quiz }, attempt, language) {
  if (attempt.points === null || attempt.points === undefined) return {};
  // The mark is known for a paper of the usual length only.
  const isUsual = attempt.out_of === String(quiz.draw);
  const needed = isUsual ? pointsText(quiz.draw * quiz.pass_mark_percent * 10, language) : "";
  return { points: attempt.points, out_of: attempt.out_of, needed, percent: quiz.pass_mark_percent };
}

/** Score and explain a practice: its keys are here. @param {import("./stage.js").Context} context @param {Sitting} sitting */
function explained(context, sitting) {
  const { templates, language } = context;
  const marks = marksOf(sitting.paper, sitting.log);
  const total = marks.reduce((/** @type {number} */ sum, /** @type {number} */ each) => sum + each, 0);
  return {
    points: pointsText(total, language),
    out_of: pointsText(marks.length * FULL_MARK_MILLI, language),
    has_dots: true,
    dots: marks.map((/** @type {number} */ mark, /** @type {number} */ place) => {
      const right = mark === FULL_MARK_MILLI;
      return templates.part("dot", { right, number: place + 1, class: right ? "right" : "", icon: [templates.part(right ? "icon-right" : "icon-wrong")] });
    }),
    has_explained: true,
    explained: sitting.items.map((/** @type {any} */ item, /** @type {number} */ place) => rowOf(context, sitting, item, place, marks[place])),
  };
}

/** @param {import("./stage.js").Context} context @param {Sitting} sitting @param {any} item @param {number} place @param {number} mark */
function rowOf({ templates, language }, sitting, item, place, mark) {
  const html = inLanguage(item.html, language);
  const response = sitting.log.answers.get(item.question)?.response ?? null;
  return templates.part("explained", {
    number: place + 1,
    stem: stemOf(html),
    is_right: mark === FULL_MARK_MILLI,
    points: pointsText(mark, language),
    response: wordsOf(html, KINDS[item.kind].values(response)).join("\n"),
    key: inLanguage(item.key_words, language).join("\n"),
    feedback: inLanguage(item.feedback, language),
  });
}

/** Return the words of the choices with these values, in the order shown. @param {string} html @param {string[]} values */
function wordsOf(html, values) {
  const holder = document.createElement("div");
  holder.append(...nodesOf(html));
  const chosen = [...holder.querySelectorAll("input")].filter((input) => values.includes(input.value));
  return chosen.map((input) => input.closest("label")?.textContent?.trim() ?? "");
}

/** Look again when something was sent or learnt. @param {import("./stage.js").Context} context @param {AbortSignal} signal */
function follow({ learner, refresh }, signal) {
  const stop = learner.here.onChange?.(() => !signal.aborted && refresh());
  signal.addEventListener("abort", () => stop?.());
}
