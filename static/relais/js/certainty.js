// @ts-check
/** How certain a learner is of an answer: native radios named `certainty`, in quizzes that ask. */

/** Return how certain the learner says to be, from 1 to 3, null where nothing is said. @param {HTMLFormElement} form */
export function certaintyIn(form) {
  return Number(new FormData(form).get("certainty")) || null;
}

/** @param {HTMLFormElement} form @param {number | null | undefined} certainty */
export function restoreCertainty(form, certainty) {
  for (const radio of form.querySelectorAll("input[name=certainty]")) {
    /** @type {HTMLInputElement} */ (radio).checked = /** @type {HTMLInputElement} */ (radio).value === String(certainty);
  }
}

/** Return what an answer says beyond its response, where it is asked for: nothing that was not given. @param {{certainty?: number | null, check?: number}} given */
export function extrasOf({ certainty, check }) {
  return { ...(certainty ? { certainty } : {}), ...(check ? { check } : {}) };
}
