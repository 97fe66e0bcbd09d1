// @ts-check
/** After the hand-in: practice is explained here; a test waits for the centre, or has its result. */

import { FULL_MARK_MILLI, KINDS } from "../kinds/index.js";
import { calibrate, certaintyOf, markedResponse, scorePaper, withCertainty } from "./marking.js";
import { dateText, pointsText, timeText } from "./numbers.js";
import { stemOf } from "./review.js";
import { toldOf } from "./sheet.js";
import { inLanguage, Sitting } from "./sitting.js";
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
    is_waiting: isWaiting && !attempt.awaits_marking,
    awaits_marking: isWaiting && attempt.awaits_marking === true,
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
  const { paper, log } = sitting;
  const { marks, points, outOf } = scorePaper(paper, log);
  const judged = calibrate(paper, log, marks).map(({ certainty, right, times }) => templates.part("judged", { words: templates.say(`judged_${certainty}`, { n: times, right }) }));
  return {
    points: pointsText(points, language),
    out_of: pointsText(outOf, language),
    has_judged: judged.length > 0,
    judged,
    has_dots: true,
    dots: marks.flatMap((/** @type {number} */ mark, /** @type {number} */ place) => {
      const right = mark === FULL_MARK_MILLI;
      if (KINDS[sitting.items[place].kind].isMarkedByHand) return [];
      return templates.part("dot", { right, number: place + 1, class: right ? "right" : "", icon: [templates.part(right ? "icon-right" : "icon-wrong")] });
    }),
    has_explained: true,
    explained: sitting.items.map((/** @type {any} */ item, /** @type {number} */ place) => rowOf(context, sitting, item, place, marks[place])),
  };
}

/** @param {import("./stage.js").Context} context @param {Sitting} sitting @param {any} item @param {number} place @param {number} mark */
function rowOf({ templates, language }, sitting, item, place, mark) {
  const html = inLanguage(item.html, language);
  const response = markedResponse(sitting.paper, item, sitting.log);
  const certainty = certaintyOf(sitting.paper, item, sitting.log);
  const isByHand = Boolean(KINDS[item.kind].isMarkedByHand);
  const isRight = mark === FULL_MARK_MILLI;
  const key = inLanguage(item.key_words, language).join("\n");
  return templates.part("explained", {
    number: place + 1,
    stem: stemOf(html),
    is_right: isRight,
    is_wrong: !isRight && !isByHand,
    is_by_hand: isByHand,
    points: pointsText(mark, language),
    response: wordsOf(html, item, response).join("\n"),
    key: isRight || isByHand ? "" : key,
    model: isByHand ? key : "",
    certainty: certainty ? templates.say(`certain_${certainty}`) : "",
    certainty_points: certainty ? signed(withCertainty(mark, certainty), language) : "",
    feedback: [...toldOf(item, response, language), inLanguage(item.feedback, language)].filter(Boolean).join("\n\n"),
  });
}

/** Return points with their sign. @param {number} milli @param {string} language */
function signed(milli, language) {
  const sign = milli > 0 ? "+" : milli < 0 ? "\u2212" : "";
  return `${sign}${pointsText(Math.abs(milli), language)}`;
}

/** Return a response in words, read from the question as it is shown. @param {string} html @param {any} item @param {any} response */
function wordsOf(html, item, response) {
  const holder = document.createElement("div");
  holder.append(...nodesOf(html));
  return response === null ? [] : KINDS[item.kind].describe(holder, response);
}

/** Look again when something was sent or learnt. @param {import("./stage.js").Context} context @param {AbortSignal} signal */
function follow({ learner, refresh }, signal) {
  const stop = learner.here.onChange?.(() => !signal.aborted && refresh());
  signal.addEventListener("abort", () => stop?.());
}
