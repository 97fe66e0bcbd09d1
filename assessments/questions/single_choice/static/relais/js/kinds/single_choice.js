// @ts-check
/** The single choice question: a response is the UUID of one choice. */

import { wordsOfChosen } from "./form.js";

/** @type {import("./kind.js").Kind} */
export const kind = {
  isEmbeddable: true,
  read: (fields) => fields[""]?.[0] ?? null,
  fields: (response) => (typeof response === "string" ? { "": [response] } : {}),
  mark: ({ right }, response) => (typeof response === "string" && right.length === 1 && right[0] === response ? 1000 : 0),
  describe: (root, response) => wordsOfChosen(root, [response]),
};
