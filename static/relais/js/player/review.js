// @ts-check
/** All answers at one look, and the hand-in. */

import { certaintyOf } from "./marking.js";
import { bindTime, openSitting, sectionAt } from "./question.js";
import { hasAnswer, inLanguage } from "./sitting.js";
import { nodesOf } from "./stage.js";

const STEM_WORDS = 14;

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function review(context, given) {
  const opened = await openSitting(context, given.attempt);
  if (!opened || !("sitting" in opened)) return opened;
  const { sitting, now } = opened;
  const { templates } = context;
  const { answers } = sitting.log;
  const open = sitting.items.filter((/** @type {any} */ item) => !hasAnswer(answers.get(item.question))).length;
  const unfinished = sitting.items.length - sitting.answered - open;
  const word = sitting.isPractice ? "unanswered_practice" : "unanswered";
  const values = {
    is_timed: sitting.endsAt !== null,
    is_practice: sitting.isPractice,
    unanswered: open ? templates.say(word, { n: open }) : "",
    unfinished: unfinished ? templates.say("unfinished", { n: unfinished }) : "",
    groups: groupsOf(context, sitting),
  };
  const bind = (/** @type {HTMLElement} */ root, /** @type {AbortSignal} */ signal) => {
    bindHandIn(context, sitting, root);
    bindTime(context, sitting, now, root, signal);
  };
  return { title: templates.say("your_answers"), node: templates.view("review", values), entry: "courses", bind };
}

/** Return the list, section by section. @param {import("./stage.js").Context} context @param {import("./sitting.js").Sitting} sitting */
function groupsOf(context, sitting) {
  const { templates, language } = context;
  /** @type {{title: string, rows: Node[]}[]} */
  const groups = [];
  sitting.items.forEach((/** @type {any} */ item, /** @type {number} */ place) => {
    const title = sectionAt(sitting.paper, place + 1, language);
    if (title || !groups.length) groups.push({ title, rows: [] });
    groups[groups.length - 1].rows.push(rowOf(context, sitting, item, place + 1));
  });
  return groups.map((group) => templates.part("review-group", group));
}

/** @param {import("./stage.js").Context} context @param {import("./sitting.js").Sitting} sitting @param {any} item @param {number} number */
function rowOf({ templates, addresses, language }, sitting, item, number) {
  const answer = sitting.log.answers.get(item.question);
  const isWhole = sitting.isWhole(item);
  const certainty = certaintyOf(sitting.paper, item, sitting.log);
  return templates.part("review-row", {
    url: addresses.question(sitting.paper.attempt, number),
    heading: templates.say("question", { number }),
    stem: shortened(stemOf(inLanguage(item.html, language))),
    is_answered: isWhole,
    is_unfinished: hasAnswer(answer) && !isWhole,
    is_open: !hasAnswer(answer),
    certainty: certainty && isWhole ? templates.say(`certain_${certainty}`) : "",
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
