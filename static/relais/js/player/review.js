// @ts-check
/** All answers at one look, and the hand-in. */

import { bindTime, openSitting } from "./question.js";
import { hasAnswer, inLanguage } from "./sitting.js";
import { nodesOf } from "./stage.js";

const STEM_WORDS = 14;

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function review(context, given) {
  const opened = await openSitting(context, given.attempt);
  if (!opened || !("sitting" in opened)) return opened;
  const { sitting, now } = opened;
  const { templates } = context;
  const open = sitting.items.length - sitting.answered;
  const word = sitting.isPractice ? "unanswered_practice" : "unanswered";
  const values = {
    is_timed: sitting.endsAt !== null,
    is_practice: sitting.isPractice,
    unanswered: open ? templates.say(word, { n: open }) : "",
    rows: sitting.items.map((/** @type {any} */ item, /** @type {number} */ place) => rowOf(context, sitting, item, place + 1)),
  };
  const bind = (/** @type {HTMLElement} */ root, /** @type {AbortSignal} */ signal) => {
    bindHandIn(context, sitting, root);
    bindTime(context, sitting, now, root, signal);
  };
  return { title: templates.say("your_answers"), node: templates.view("review", values), entry: "courses", bind };
}

/** @param {import("./stage.js").Context} context @param {import("./sitting.js").Sitting} sitting @param {any} item @param {number} number */
function rowOf({ templates, addresses, language }, sitting, item, number) {
  const answer = sitting.log.answers.get(item.question);
  return templates.part("review-row", {
    url: addresses.question(sitting.paper.attempt, number),
    heading: templates.say("question", { number }),
    stem: shortened(stemOf(inLanguage(item.html, language))),
    is_answered: hasAnswer(answer),
    is_flagged: answer?.flagged,
  });
}

/** @param {import("./stage.js").Context} context @param {import("./sitting.js").Sitting} sitting @param {HTMLElement} root */
function bindHandIn({ templates, addresses, go }, sitting, root) {
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=hand-in]"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await sitting.handIn();
      go(addresses.result(sitting.paper.attempt), { replace: true });
    } catch {
      button.disabled = false;
      root.querySelector("[data-status]")?.replaceChildren(templates.part("unsaved", { words: templates.say("not_handed_in") }));
    }
  });
}

/** Return the question itself, from its HTML. @param {string} html */
export function stemOf(html) {
  const holder = document.createElement("div");
  holder.append(...nodesOf(html));
  return holder.querySelector("legend")?.textContent?.trim() ?? "";
}

/** @param {string} text */
function shortened(text) {
  const words = text.split(/\s+/u);
  return words.length > STEM_WORDS ? `${words.slice(0, STEM_WORDS).join(" ")} …` : text;
}
