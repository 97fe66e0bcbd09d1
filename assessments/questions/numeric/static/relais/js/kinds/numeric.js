// @ts-check
/** The numeric question: a response is {number: as typed, unit: id or null}. */

import { FULL_MARK_MILLI } from "./credit.js";
import { wordsOfChosen } from "./form.js";
import { LONGEST_NUMBER, exact, isAtMost, plus, readingsOf, times } from "./numeric-reading.js";
import { saveWhileTyping, typedLine } from "./typed.js";

/** @typedef {import("./numeric-reading.js").Exact} Exact */

const NOTHING = exact("0");
const PRESS_MS = 300;

/** @type {import("./kind.js").Kind} */
export const kind = {
  isEmbeddable: true,

  read(fields) {
    const number = typedLine(fields[""], LONGEST_NUMBER);
    return number ? { number, unit: fields.unit?.[0] ?? null } : null;
  },

  fields(response) {
    const { number, unit } = partsOf(response);
    if (!number) return {};
    return unit ? { "": [number], unit: [unit] } : { "": [number] };
  },

  /** By the range, the near answers and the units; exact, as on every server. */
  mark(structure, response) {
    const { number, unit } = partsOf(response);
    return Math.max(0, ...readingsOf(number).map((each) => inUnits(structure, each, unit)));
  },

  describe(root, response) {
    const { number, unit } = partsOf(response);
    const words = unit ? wordsOfChosen(root, [unit], "unit") : [];
    return number ? [[number, ...words].join(" ")] : [];
  },

  enhance(root) {
    saveWhileTyping(root);
    for (const place of root.querySelectorAll("[data-typed-number]")) sayWhetherClear(root, /** @type {HTMLElement} */ (place));
  },
};

/** @param {any} response @returns {{number: string, unit: string}} */
function partsOf(response) {
  const { number, unit } = typeof response === "object" && response !== null && !Array.isArray(response) ? response : {};
  return { number: typeof number === "string" ? number : "", unit: typeof unit === "string" ? unit : "" };
}

/** @param {any} structure @param {Exact} number @param {string} unit */
function inUnits(structure, number, unit) {
  const units = /** @type {{id: string, factor?: string}[]} */ (structure.units ?? []);
  if (!units.length) return earned(structure, number);
  const found = units.map(({ id, factor }) => ({ id, milli: factor ? earned(structure, times(number, exact(factor))) : 0 }));
  const chosen = found.find(({ id }) => id === unit)?.milli ?? 0;
  return Math.max(chosen, Math.max(...found.map(({ milli }) => milli)) - (structure.unit_costs ?? FULL_MARK_MILLI), 0);
}

/** @param {any} structure @param {Exact} number @returns {number} */
function earned(structure, number) {
  const isRange = "low" in structure;
  const [low, high] = isRange ? [exact(structure.low), exact(structure.high)] : [exact(structure.value), exact(structure.value)];
  const under = plus(low, number, -1n);
  const over = plus(number, high, -1n);
  const away = isAtMost(under, over) ? over : under;
  if (isAtMost(away, isRange ? NOTHING : exact(structure.tolerance ?? "0"))) return FULL_MARK_MILLI;
  const bands = /** @type {{tolerance: string, milli: number}[]} */ (structure.partial ?? []);
  return Math.max(0, ...bands.filter(({ tolerance }) => isAtMost(away, exact(tolerance))).map(({ milli }) => milli));
}

/**
 * Say that a text cannot be read once it was typed, and no more once it can. Who goes on with one is held
 * back once, to see it: sent again as it is, it stays as it is.
 * @param {HTMLElement} root @param {HTMLElement} place */
function sayWhetherClear(root, place) {
  if (place.dataset.typedNumber) return;
  place.dataset.typedNumber = "followed";
  const input = /** @type {HTMLInputElement} */ (place.querySelector("input"));
  const words = /** @type {HTMLElement} */ (place.querySelector("[data-unclear]"));
  const isClear = () => !input.value.trim() || readingsOf(typedLine([input.value], LONGEST_NUMBER)).length > 0;
  /** @param {boolean} clear */
  const say = (clear) => {
    words.hidden = clear;
    clear ? input.removeAttribute("aria-invalid") : input.setAttribute("aria-invalid", "true");
  };
  // Not at once: the line would push "Continue" away under the finger whose press made the input lose the focus.
  input.addEventListener("change", () => setTimeout(() => say(isClear()), PRESS_MS));
  input.addEventListener("input", () => isClear() && say(true));
  root.addEventListener("restored", () => say(isClear()));
  let told = "";
  /** @param {Event} event */
  const hold = (event) => {
    if (isClear() || told === input.value) return;
    told = input.value;
    say(false);
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
  };
  place.closest("form")?.addEventListener("submit", hold, true);
}
