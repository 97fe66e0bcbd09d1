// @ts-check
/**
 * The cloze question: gaps of other kinds inside a text. A response is {gap id: response of its kind}.
 *
 * Each gap is given to its kind as a question of its own: `response:GAP:PART` is named `response:PART` there.
 */

import { FULL_MARK_MILLI, share } from "./credit.js";
import { KINDS } from "./known.js";
import { put } from "./words.js";

/** @typedef {import("./form.js").Fields} Fields */
/** @typedef {{id: string, kind: string, structure: any, weight?: number}} Gap */

/** @type {import("./kind.js").Kind} */
export const kind = {
  read(fields, root) {
    /** @type {Record<string, any>} */
    const found = {};
    for (const place of root ? placesIn(root) : []) {
      const response = kindOf(place)?.read(fieldsOfGap(fields, gapOf(place)), alone(place)) ?? null;
      if (response !== null) found[gapOf(place)] = response;
    }
    return Object.keys(found).length ? found : null;
  },

  fields(response) {
    const given = Object.entries(isPlain(response) ? response : {}).flatMap(([gap, each]) =>
      Object.entries(formOf(each)).map(([part, values]) => [part ? `${gap}:${part}` : gap, values]),
    );
    return Object.fromEntries(given);
  },

  /** The mean of what the gaps earn, weighed and rounded down: as on every server. */
  mark(structure, response) {
    const given = isPlain(response) ? response : {};
    const gaps = /** @type {Gap[]} */ (structure.gaps);
    const earned = gaps.map(({ id, kind: name, structure: own, weight = 1 }) => weight * KINDS[name].mark(own, given[id] ?? null));
    return share(sum(earned), sum(gaps.map(({ weight = 1 }) => weight)) * FULL_MARK_MILLI, structure);
  },

  describe(root, response) {
    const given = isPlain(response) ? response : {};
    const numbered = placesIn(root).map((place) => {
      const words = kindOf(place)?.describe(alone(place), given[gapOf(place)] ?? null) ?? [];
      return { number: Number(place.dataset.gapNumber), line: words.length ? put(place.dataset.line ?? "", { words: words.join(" / ") }) : "" };
    });
    return numbered.filter(({ line }) => line).sort((a, b) => a.number - b.number).map(({ line }) => line);
  },

  told(structure, response) {
    const given = isPlain(response) ? response : {};
    return /** @type {Gap[]} */ (structure.gaps).flatMap(({ id, kind: name, structure: own }) => {
      const each = given[id] ?? null;
      return KINDS[name].told?.(own, each) ?? Object.values(KINDS[name].fields(each)).flat();
    });
  },

  enhance(root) {
    for (const place of placesIn(root)) {
      kindOf(place)?.enhance?.(place);
      root.addEventListener("restored", () => place.dispatchEvent(new Event("restored")));
    }
  },
};

/** @param {ParentNode} root @returns {HTMLElement[]} */
function placesIn(root) {
  return [...root.querySelectorAll("[data-gap]")].map((place) => /** @type {HTMLElement} */ (place));
}

/** @param {HTMLElement} place */
function gapOf(place) {
  return place.dataset.gap ?? "";
}

/** @param {HTMLElement} place */
function kindOf(place) {
  return KINDS[place.dataset.gapKind ?? ""];
}

/** Return a copy of a gap whose fields are named as those of a question. @param {HTMLElement} place */
function alone(place) {
  const copy = /** @type {HTMLElement} */ (place.cloneNode(true));
  for (const input of copy.querySelectorAll("[name]")) {
    input.setAttribute("name", (input.getAttribute("name") ?? "").replace(`:${gapOf(place)}`, ""));
  }
  return copy;
}

/** @param {Fields} fields @param {string} gap @returns {Fields} */
function fieldsOfGap(fields, gap) {
  const own = Object.entries(fields).filter(([part]) => part === gap || part.startsWith(`${gap}:`));
  return Object.fromEntries(own.map(([part, values]) => [part.slice(gap.length + 1), values]));
}

/** Return the fields of a response of one gap: kinds whose responses have the same form have the same fields. @param {any} response @returns {Fields} */
function formOf(response) {
  const found = Object.values(KINDS).filter((each) => each.isEmbeddable).map((each) => each.fields(response));
  return found.find((fields) => Object.keys(fields).length) ?? {};
}

/** @param {any} value @returns {value is Record<string, any>} */
function isPlain(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}
