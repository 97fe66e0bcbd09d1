// @ts-check
/** The multiple choice question: a response is the sorted list of the chosen UUIDs. */

import { share, wrongCosts } from "./credit.js";
import { wordsOfChosen } from "./form.js";

/** @type {import("./kind.js").Kind} */
export const kind = {
  read: (fields) => (fields[""] ? [...fields[""]].sort() : null),

  fields(response) {
    const chosen = Array.isArray(response) ? response.filter((each) => typeof each === "string") : [];
    return chosen.length ? { "": chosen } : {};
  },

  /** Right chosen less wrong chosen, by right in all, never below 0, rounded down: as every server does. */
  mark(structure, response) {
    if (!Array.isArray(response)) return 0;
    const chosen = new Set(response.filter((each) => typeof each === "string"));
    const right = new Set(structure.right);
    const wrong = new Set(structure.choices.filter((/** @type {string} */ each) => chosen.has(each) && !right.has(each)));
    const found = [...right].filter((each) => chosen.has(each)).length;
    return share(found - (wrongCosts(structure) || structure.partial === "all" ? wrong.size : 0), right.size, structure);
  },

  describe: (root, response) => wordsOfChosen(root, kind.fields(response)[""] ?? []),
};
