// @ts-check
/** The extended answer: a response is a text; a person marks it. */

import { partOf } from "./form.js";

// Letters and digits of any script, held together by apostrophes and hyphens.
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu;

/** @type {import("./kind.js").Kind} */
export const kind = {
  isMarkedByHand: true,

  read: (fields) => plainAnswer(fields[""]?.[0] ?? "") || null,

  fields: (response) => (typeof response === "string" && response ? { "": [response] } : {}),

  mark: () => 0,

  describe: (_root, response) => (typeof response === "string" && response ? response.split("\n") : []),

  /** Count the words below the text. */
  enhance(root) {
    for (const text of root.querySelectorAll("textarea")) {
      const line = text.parentElement?.querySelector("[data-count]");
      if (partOf(text.name) !== "" || !(line instanceof HTMLElement) || !line.hidden) continue;
      const count = () => {
        line.textContent = (line.dataset.words ?? "").replace("{count}", String(wordsIn(text.value)));
      };
      text.addEventListener("input", count);
      // What stood before is put back without an event.
      text.addEventListener("focus", count);
      line.hidden = false;
      queueMicrotask(count);
    }
  },
};

/** Return how many words a text has. @param {string} text */
export function wordsIn(text) {
  return text.match(WORD)?.length ?? 0;
}

/** Return a text as it is kept: as the server does. @param {string} text */
function plainAnswer(text) {
  // eslint-disable-next-line no-control-regex -- these are what is taken out
  return text.replace(/\r\n?/gu, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/gu, "").replace(/^[ \t\n]+|[ \t\n]+$/gu, "");
}
