// @ts-check
/** The multiple choice question: a response is the sorted list of the chosen UUIDs. */

import { chosenIn } from "./form.js";

/** @type {import("./index.js").Kind} */
export const multipleChoice = {
  read(form) {
    const chosen = chosenIn(form).sort();
    return chosen.length ? chosen : null;
  },

  values: (response) => (Array.isArray(response) ? response.filter((each) => typeof each === "string") : []),

  /** Right chosen less wrong chosen, by right in all, never below 0, rounded down: as every server does. */
  mark(structure, response) {
    if (!Array.isArray(response)) return 0;
    const chosen = new Set(response.filter((each) => typeof each === "string"));
    const right = new Set(structure.right);
    const wrong = structure.choices.filter((/** @type {string} */ each) => chosen.has(each) && !right.has(each));
    const found = [...right].filter((each) => chosen.has(each)).length - new Set(wrong).size;
    return Math.floor((Math.max(0, found) * 1000) / structure.right.length);
  },
};
