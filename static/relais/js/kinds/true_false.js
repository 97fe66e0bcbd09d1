// @ts-check
/** The true or false question: a response is true or false. */

import { chosenIn } from "./form.js";

/** @type {Record<string, boolean>} */
const JUDGEMENTS = { true: true, false: false };

/** @type {import("./index.js").Kind} */
export const trueFalse = {
  read: (form) => JUDGEMENTS[chosenIn(form)[0]] ?? null,
  values: (response) => (typeof response === "boolean" ? [String(response)] : []),
  mark: ({ is_true: isTrue }, response) => (response === isTrue ? 1000 : 0),
};
