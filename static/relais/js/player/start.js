// @ts-check
/** Before a quiz: what it is, how long it takes, what counts; and its beginning. */

import { practicePaper, Sitting } from "./sitting.js";

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {import("./stage.js").Shown | null} */
export function start(context, given) {
  const { templates, addresses, learner } = context;
  const found = learner.quizAt(given.quiz);
  if (!found) return null;
  const { course, row } = found;
  const { quiz, isPractice, state } = row;
  const courseUrl = addresses.course(course.file.slug);
  if (state === "begun") return { address: addresses.attempt(row.paper.attempt), isRedirect: true };
  // The course page says why it is not open.
  if (state !== "open") return { address: courseUrl, isRedirect: true };
  const limit = row.paper?.time_limit_s ?? quiz.time_limit_s;
  const values = {
    course_url: courseUrl,
    course: course.file.title,
    title: quiz.title,
    instructions: quiz.instructions,
    questions: templates.say("questions", { n: row.paper?.items.length ?? quiz.draw }),
    percent: isPractice ? 0 : (row.paper?.pass_mark_percent ?? quiz.pass_mark_percent),
    limit: limit ? templates.say("minutes", { minutes: Math.round(limit / 60) }) : "",
    is_practice: isPractice,
    tells: isPractice && !["at_end", "certainty"].includes(quiz.behaviour),
    tells_later: isPractice && ["at_end", "certainty"].includes(quiz.behaviour),
    // What the learner is granted beyond the usual, as the site said when the paper came along.
    granted: (row.paper?.accommodation?.[templates.language] ?? []).join(" · "),
    attempts: row.left === null ? "" : templates.say("attempts_left", { n: row.left }),
  };
  const node = templates.view("start", values);
  return { title: quiz.title, node, entry: "courses", bind: (root) => bindBegin(context, found, root) };
}

/** @param {import("./stage.js").Context} context @param {any} found @param {HTMLElement} root */
function bindBegin({ learner, templates, addresses, go }, found, root) {
  const button = /** @type {HTMLButtonElement} */ (root.querySelector("[data-do=begin]"));
  button.addEventListener("click", async () => {
    // A double tap begins once.
    button.disabled = true;
    try {
      const sitting = new Sitting(learner, { ...found, paper: await paperFor(learner, found) });
      await sitting.begin();
      go(addresses.question(sitting.paper.attempt, 1), { replace: true });
    } catch {
      button.disabled = false;
      root.querySelector("[data-status]")?.replaceChildren(templates.part("unsaved", { words: templates.say("not_begun_quiz") }));
    }
  });
}

/** @param {any} learner @param {any} found */
async function paperFor(learner, { course, row }) {
  if (!row.isPractice) return row.paper;
  return practicePaper(await learner.library.practice(course.file.course, row.quiz), course.known, row.attempts);
}
