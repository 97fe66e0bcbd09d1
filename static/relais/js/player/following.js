// @ts-check
/** Which follow-ups are open, and what was answered: the centre's state with what was said here since. Pure. */

/** @typedef {{cohort: string, name: string, months: number, opens_on: string, closes_on: string, answers: Record<string, number> | null}} FollowUp */

/**
 * Return the follow-ups that may be answered on a day, each with the latest answers.
 * @param {any} state @param {import("./overlay.js").Said[]} said @param {Date} now
 * @returns {FollowUp[]}
 */
export function openFollowUps(state, said, now) {
  const today = now.toISOString().slice(0, 10);
  const known = /** @type {FollowUp[]} */ (state?.follow_ups ?? []);
  return known
    .filter((each) => each.opens_on <= today && today < each.closes_on)
    .map((each) => ({ ...each, answers: saidOf(each, said) ?? each.answers }));
}

/** Return those that are open and have no answer. @param {any} state @param {import("./overlay.js").Said[]} said @param {Date} now */
export function dueFollowUps(state, said, now) {
  return openFollowUps(state, said, now).filter((each) => !each.answers);
}

/** @param {FollowUp} asked @param {import("./overlay.js").Said[]} said @returns {Record<string, number> | null} */
function saidOf(asked, said) {
  const here = said.filter(
    ({ unit, verb, facts }) =>
      unit.kind === "follow-up" && verb === "responded" && facts.cohort === asked.cohort && facts.months === asked.months,
  );
  const latest = here.reduce((before, each) => (!before || each.at > before.at || (each.at === before.at && each.id > before.id) ? each : before), /** @type {any} */ (null));
  return latest?.facts.answers ?? null;
}
