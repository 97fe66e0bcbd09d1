// @ts-check
/** The hotspot question: a response is the sorted list of the UUIDs of the chosen places. */

import { share } from "./credit.js";
import { partOf } from "./form.js";

/** @typedef {{id: string, is_right: boolean}} Area */

/** @type {import("./kind.js").Kind} */
export const kind = {
  read: (fields) => (fields[""] ? [...fields[""]].sort() : null),

  fields(response) {
    const chosen = Array.isArray(response) ? response.filter((each) => typeof each === "string") : [];
    return chosen.length ? { "": chosen } : {};
  },

  /** The right places found, of those asked for; nothing for more places than were asked for: as every server does. */
  mark(structure, response) {
    if (!Array.isArray(response)) return 0;
    const areas = /** @type {Area[]} */ (structure.areas);
    const known = areas.filter((area) => response.includes(area.id));
    const right = areas.filter((area) => area.is_right);
    if (known.length > structure.choose) return 0;
    return share(known.filter((area) => area.is_right).length, Math.min(structure.choose, right.length), structure);
  },

  /** The names of the chosen places, without their numbers. */
  describe(root, response) {
    const chosen = Array.isArray(response) ? response : [];
    return inputsOf(root).filter((input) => chosen.includes(input.value)).map((input) => input.closest("label")?.querySelector("span[dir]")?.textContent?.trim() ?? "");
  },

  /** Let the places on the picture be touched, and no more be chosen than were asked for. */
  enhance(root) {
    for (const question of root.querySelectorAll("fieldset.hotspot")) {
      if (question instanceof HTMLElement && question.dataset.enhanced === undefined) enhance(question);
    }
  },
};

/** @param {HTMLElement} question */
function enhance(question) {
  question.dataset.enhanced = "";
  const most = Number(question.dataset.choose);
  const told = question.querySelector("[data-told]");
  question.addEventListener("click", (event) => {
    const spot = /** @type {Element} */ (event.target).closest("[data-spot]");
    const input = spot instanceof SVGElement && inputsOf(question).find((each) => each.value === spot.dataset.spot);
    // A click on the control itself: what it does is what the keyboard does.
    if (input) input.click();
  });
  // Before anything else hears of it: what is taken back is never saved.
  question.addEventListener(
    "change",
    (event) => {
      if (most < 2 || !told) return;
      told.textContent = "";
      if (inputsOf(question).filter((input) => input.checked).length <= most) return;
      /** @type {HTMLInputElement} */ (event.target).checked = false;
      told.textContent = question.dataset.tooMany ?? "";
      event.stopPropagation();
    },
    { capture: true },
  );
}

/** @param {ParentNode} root @returns {HTMLInputElement[]} */
function inputsOf(root) {
  return [...root.querySelectorAll("input")].filter((input) => partOf(input.name) === "");
}
