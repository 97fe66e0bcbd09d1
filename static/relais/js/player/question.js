// @ts-check
/** One question of an open attempt, and the way between its questions. */

import { progressOf, Sheet } from "./sheet.js";
import { inLanguage, Sitting } from "./sitting.js";
import { nodesOf } from "./stage.js";
import { watchTime } from "./timer.js";

/** @typedef {import("./stage.js").Context} Context */

/**
 * Return the sitting of an attempt that takes answers, where to go instead, or null where it is not here.
 * @param {Context} context
 * @param {string} attempt
 * @returns {Promise<{sitting: Sitting, now: () => number} | import("./stage.js").Shown | null>}
 */
export async function openSitting({ learner, addresses, clock }, attempt) {
  const found = await learner.paperOf(attempt);
  // An open attempt whose paper is not here goes on with a connection only.
  if (!found) return learner.attemptAt(attempt)?.attempt.handed_in_at ? { address: addresses.result(attempt), isRedirect: true } : null;
  const sitting = new Sitting(learner, found);
  const { startedAt, handedInAt } = sitting.log;
  if (!startedAt) return { address: addresses.start(sitting.paper.quiz), isRedirect: true };
  const now = await clock(learner.here.person);
  if (!handedInAt && sitting.endsAt && now() >= sitting.endsAt) await sitting.handIn();
  else if (!handedInAt) return { sitting, now };
  return { address: addresses.result(attempt), isRedirect: true };
}

/** Lead to the first question without an answer, or to the list. @param {Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function attempt(context, given) {
  const opened = await openSitting(context, given.attempt);
  if (!opened || !("sitting" in opened)) return opened;
  const number = opened.sitting.firstUnanswered;
  const { addresses } = context;
  return { address: number ? addresses.question(given.attempt, number) : addresses.review(given.attempt), isRedirect: true };
}

/** @param {Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function question(context, given) {
  const opened = await openSitting(context, given.attempt);
  if (!opened || !("sitting" in opened)) return opened;
  const { sitting, now } = opened;
  const number = Number(given.number);
  const item = sitting.items[number - 1];
  if (!item) return null;
  const { templates, addresses, language } = context;
  const total = sitting.items.length;
  const heading = templates.say(sitting.isPractice ? "practice_question_of" : "question_of", { number, total });
  const values = {
    heading,
    is_timed: sitting.endsAt !== null,
    progress: progressOf(context, sitting),
    body: nodesOf(inLanguage(item.html, language)),
    is_practice: sitting.isPractice,
    previous_url: number > 1 ? addresses.question(given.attempt, number - 1) : "",
    previous: templates.say("question", { number: number - 1 }),
    review_url: addresses.review(given.attempt),
  };
  const nextUrl = number < total ? addresses.question(given.attempt, number + 1) : values.review_url;
  const bind = (/** @type {HTMLElement} */ root, /** @type {AbortSignal} */ signal) => {
    new Sheet(context, sitting, { item, nextUrl, isLast: number === total }, root, signal);
    bindTime(context, sitting, now, root, signal);
  };
  return { title: heading, node: templates.view("question", values), entry: "courses", bind };
}

/** Show the time that is left, and hand in at its end. @param {Context} context @param {Sitting} sitting @param {() => number} now @param {HTMLElement} root @param {AbortSignal} signal */
export function bindTime({ templates, addresses, go }, sitting, now, root, signal) {
  if (sitting.endsAt === null) return;
  const end = async () => {
    try {
      await sitting.handIn();
      if (!signal.aborted) go(addresses.result(sitting.paper.attempt), { replace: true });
    } catch {
      root.querySelector("[data-status]")?.replaceChildren(templates.part("unsaved", { words: templates.say("not_handed_in") }));
    }
  };
  watchTime({ endsAt: sitting.endsAt, now, root, say: (minutes) => templates.say("minutes_to_go", { n: minutes }), end, signal });
}
