// @ts-check
/** The short answer question: a response is the text as it was typed. */

import { FULL_MARK_MILLI } from "./credit.js";
import { fold, isMatch, piecesOf } from "./short-answer-folding.js";
import { saveWhileTyping, typedLine } from "./typed.js";

const LONGEST_ANSWER = 500;

/** @type {import("./kind.js").Kind} */
export const kind = {
  isEmbeddable: true,
  read: (fields) => typedLine(fields[""], LONGEST_ANSWER) || null,
  fields: (response) => (typeof response === "string" && response ? { "": [response] } : {}),

  /** An accepted form in any language, or one that earns a part: as on every server. */
  mark(structure, response) {
    if (typeof response !== "string" || response.length > 2 * LONGEST_ANSWER || [...response].length > LONGEST_ANSWER) return 0;
    const rules = { case: Boolean(structure.case), accents: Boolean(structure.accents) };
    const answer = fold(response, rules);
    if (!answer) return 0;
    /** @param {string} pattern */
    const fits = (pattern) => isMatch(answer, piecesOf(pattern, rules));
    const accepted = /** @type {string[]} */ (Object.values(structure.accepted).flat());
    if (accepted.some(fits)) return FULL_MARK_MILLI;
    const partly = /** @type {{pattern: string, milli: number}[]} */ (structure.partial_answers ?? []);
    return Math.max(0, ...partly.filter(({ pattern }) => fits(pattern)).map(({ milli }) => milli));
  },

  describe: (_root, response) => (typeof response === "string" && response ? [response] : []),
  enhance: (root) => saveWhileTyping(root),
};
