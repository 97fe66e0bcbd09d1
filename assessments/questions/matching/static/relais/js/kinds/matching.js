// @ts-check
/** The matching question: a response is {left: right} of the lines that were answered. */

import { share } from "./credit.js";
import { chosenIn, fieldsOf, givenIn } from "./selects.js";
import { put } from "./words.js";

// A closed list shows one line of what is chosen: so many letters of it on a phone, so many on a desk.
const CUT_LETTERS = 27;
const LONG_LETTERS = 34;

/** @type {import("./kind.js").Kind} */
export const kind = {
  read: chosenIn,
  fields: fieldsOf,

  /** Right pairs by pairs: as every server does. */
  mark(structure, response) {
    const given = givenIn(response);
    const right = structure.pairs.filter((/** @type {any} */ pair) => given.get(pair.left) === pair.right);
    return share(right.length, structure.pairs.length, structure);
  },

  describe(root, response) {
    const given = givenIn(response);
    const holder = /** @type {HTMLElement | null} */ (root.querySelector("[data-pairs]"));
    return [...root.querySelectorAll("[data-line]")].flatMap((line) => {
      const option = optionOf(line, given.get(/** @type {HTMLElement} */ (line).dataset.line ?? ""));
      const left = line.querySelector("span")?.textContent?.trim() ?? "";
      return option ? [put(holder?.dataset.pairs ?? "", { left, right: option.text.trim() })] : [];
    });
  },

  /** Show a chosen match in full below its list. */
  enhance(root) {
    for (const holder of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-pairs]:not([data-live])"))) {
      holder.dataset.live = "";
      const lines = [...holder.querySelectorAll("[data-line]")].map((line) => {
        const said = document.createElement("span");
        said.className = "match-said";
        // The list says it aloud: this is for the eye.
        said.setAttribute("aria-hidden", "true");
        said.dir = "auto";
        line.append(said);
        return { line, said };
      });
      const tell = () => {
        for (const { line, said } of lines) {
          const words = optionOf(line, line.querySelector("select")?.value)?.text.trim() ?? "";
          said.textContent = words.length > CUT_LETTERS ? words : "";
          said.toggleAttribute("data-long", words.length > LONG_LETTERS);
        }
      };
      holder.addEventListener("change", tell);
      root.addEventListener("restored", tell);
      tell();
    }
  },
};

/** Return the option of a match, null for none. @param {Element} line @param {unknown} value */
function optionOf(line, value) {
  return (value && [...(line.querySelector("select")?.options ?? [])].find((option) => option.value === value)) || null;
}
