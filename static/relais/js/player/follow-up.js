// @ts-check
/** The questions some months after a training, asked on the device; the answer waits in the outbox for the centre. */

import { derivedUuid } from "../device/ids.js";
import { openFollowUps } from "./following.js";

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {import("./stage.js").Shown | null} */
export function followUp(context, given) {
  const { templates, learner } = context;
  const months = Number(given.months);
  const open = openFollowUps(learner.here.state, learner.said, new Date());
  const asked = open.find((each) => each.cohort === given.cohort && each.months === months);
  if (!asked) return null;
  const node = templates.view("follow-up", { cohort: asked.name, months, is_given: Boolean(asked.answers) });
  const title = node.querySelector("h1")?.textContent ?? "";
  return { title, node, entry: "home", bind: (root) => bindAnswers(context, asked, root) };
}

/** @param {import("./stage.js").Context} context @param {import("./following.js").FollowUp} asked @param {HTMLElement} root */
function bindAnswers({ learner, templates, go, addresses }, asked, root) {
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form[data-follow-up]"));
  const status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
  for (const [item, value] of Object.entries(asked.answers ?? {})) {
    const chosen = form.querySelector(`input[name="${CSS.escape(item)}"][value="${value}"]`);
    if (chosen instanceof HTMLInputElement) chosen.checked = true;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    // A double tap answers once.
    button.disabled = true;
    try {
      await learner.say([await draft(learner, asked, answersOf(form))]);
      go(addresses.home, { notice: templates.part("follow-up-saved") });
    } catch {
      button.disabled = false;
      status.replaceChildren(templates.part("follow-up-unsaved"));
    }
  });
}

/** @param {HTMLFormElement} form @returns {Record<string, number>} */
function answersOf(form) {
  return Object.fromEntries([...new FormData(form)].map(([item, value]) => [item, Number(value)]));
}

/** @param {any} learner @param {import("./following.js").FollowUp} asked @param {Record<string, number>} answers */
async function draft(learner, { cohort, months }, answers) {
  const person = learner.here.state.person;
  return {
    verb: "responded",
    activity: ["cohort", cohort],
    // As certificates.evaluation.answering.follow_up_uuid has it.
    unit: { kind: "follow-up", id: await derivedUuid("follow-up", cohort, person, months, "learner") },
    facts: { cohort, person, months, by: "learner", answers },
  };
}
