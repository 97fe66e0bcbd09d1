// @ts-check
/** The single choice question: a response is the UUID of one choice. */

import { chosenIn } from "./form.js";

/** @type {import("./index.js").Kind} */
export const singleChoice = {
  read: (form) => chosenIn(form)[0] ?? null,
  values: (response) => (typeof response === "string" ? [response] : []),
  mark: ({ right }, response) => (typeof response === "string" && right.length === 1 && right[0] === response ? 1000 : 0),
};
