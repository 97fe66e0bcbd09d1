// @ts-check
/** The true or false question: a response is true or false. */

import { wordsOfChosen } from "./form.js";

/** @type {Record<string, boolean>} */
const JUDGEMENTS = { true: true, false: false };

/** @type {import("./kind.js").Kind} */
export const kind = {
  read: (fields) => JUDGEMENTS[fields[""]?.[0]] ?? null,
  fields: (response) => (typeof response === "boolean" ? { "": [String(response)] } : {}),
  mark: ({ is_true: isTrue }, response) => (response === isTrue ? 1000 : 0),
  describe: (root, response) => wordsOfChosen(root, kind.fields(response)[""] ?? []),
};
