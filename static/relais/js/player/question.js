// @ts-check
/** One question of an open attempt, and the way between its questions. */

import { progressOf, Sheet } from "./sheet.js";
import { markingOf } from "./marking.js";
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
  if (sitting.paper.layout === "all") return onOnePage(context, sitting, now, number);
  const { templates, addresses, language } = context;
  const total = sitting.items.length;
  const heading = templates.say(sitting.isPractice ? "practice_question_of" : "question_of", { number, total });
  const values = {
    heading,
    is_timed: sitting.endsAt !== null,
    progress: progressOf(context, sitting),
    section: sectionAt(sitting.paper, number, language),
    body: bodyOf(context, sitting, item),
    tells: sitting.tellsAtOnce,
    previous_url: number > 1 ? addresses.question(given.attempt, number - 1) : "",
    previous: templates.say("question", { number: number - 1 }),
    review_url: addresses.review(given.attempt),
  };
  const nextUrl = number < total ? addresses.question(given.attempt, number + 1) : values.review_url;
  const bind = (/** @type {HTMLElement} */ root, /** @type {AbortSignal} */ signal) => {
    new Sheet(context, sitting, { item, nextUrl, isLast: number === total }, sectionIn(root, number), signal);
    bindTime(context, sitting, now, root, signal);
  };
  return { title: heading, node: templates.view("question", values), entry: "courses", bind };
}

/**
 * Show all questions on one page, and bring the reader to the one that was asked for.
 * @param {Context} context @param {Sitting} sitting @param {() => number} now @param {number} wanted @returns {import("./stage.js").Shown}
 */
function onOnePage(context, sitting, now, wanted) {
  const { templates, addresses, language } = context;
  const total = sitting.items.length;
  const word = sitting.isPractice ? "practice_question_of" : "question_of";
  const heading = templates.say("all_questions");
  const rows = sitting.items.map((/** @type {any} */ item, /** @type {number} */ place) =>
    templates.part("question-on-page", {
      heading: templates.say(word, { number: place + 1, total }),
      section: sectionAt(sitting.paper, place + 1, language),
      body: bodyOf(context, sitting, item),
      tells: sitting.tellsAtOnce,
    }),
  );
  const values = { heading, is_timed: sitting.endsAt !== null, progress: progressOf(context, sitting), rows, review_url: addresses.review(sitting.paper.attempt) };
  const bind = (/** @type {HTMLElement} */ root, /** @type {AbortSignal} */ signal) => {
    sitting.items.forEach((/** @type {any} */ item, /** @type {number} */ place) => {
      new Sheet(context, sitting, { item, nextUrl: "", isLast: false }, sectionIn(root, place + 1), signal);
    });
    bindTime(context, sitting, now, root, signal);
    if (wanted > 1) sectionIn(root, wanted).scrollIntoView();
  };
  return { title: heading, node: templates.view("all-questions", values), entry: "courses", bind };
}

/** @param {HTMLElement} root @param {number} number @returns {HTMLElement} */
function sectionIn(root, number) {
  const sections = root.querySelectorAll("[data-question]");
  return /** @type {HTMLElement} */ (sections.length === 1 ? sections[0] : sections[number - 1]);
}

/** Return a question as it is shown, and how certain one is of it where that is asked. @param {Context} context @param {Sitting} sitting @param {any} item @returns {Node[]} */
function bodyOf({ templates, language }, sitting, item) {
  const body = nodesOf(inLanguage(item.html, language));
  return markingOf(sitting.paper) === "certainty" ? [...body, templates.part("certainty")] : body;
}

/** Return the title of the section that begins with a question, "" for none. @param {any} paper @param {number} number @param {string} language @returns {string} */
export function sectionAt(paper, number, language) {
  const section = (paper.sections ?? []).find((/** @type {any} */ each) => each.first === number);
  return section ? (inLanguage(section.title, language) ?? "") : "";
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
