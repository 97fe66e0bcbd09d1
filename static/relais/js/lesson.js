/**
 * Keep the reader's place, and that a lesson was read to its end.
 *
 * The lesson works without this. A place is said when another part is reached, at most every
 * few seconds, and once more when the page is left; a lost one is only a place, never an answer.
 * Both go to the outbox of this device where there is one (lesson-outbox.js), else to the site.
 */

import { LessonOutbox } from "./lesson-outbox.js";
import { followReader, openOneAnswer } from "./player/reading.js";

/** @typedef {Promise<LessonOutbox | null>} Opening */

/** @param {HTMLFormElement} form @param {Opening} outbox @param {string} place */
async function keep(form, outbox, place) {
  try {
    const open = await outbox;
    if (open) return await open.place(place);
  } catch {
    // No room on this device: perhaps the site hears it.
  }
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
  try {
    const headers = { "X-CSRFToken": token };
    const body = new URLSearchParams({ place });
    await fetch(form.dataset.placeUrl ?? "", { method: "POST", keepalive: true, credentials: "same-origin", headers, body });
  } catch {
    // No network: the next part that is reached tells the place again.
  }
}

/**
 * Say that the lesson is read, then go on. The form is posted where there is no outbox, and after the
 * last lesson: the site then says what is left to do. What it knows already it does not write again.
 * @param {HTMLFormElement} form @param {Opening} outbox @param {SubmitEvent} event
 */
async function complete(form, outbox, event) {
  event.preventDefault();
  const { isCompleted, isLast, nextUrl = "" } = form.dataset;
  try {
    const open = await outbox;
    if (!open) return form.submit();
    if (isCompleted === undefined && !(await open.isCompleted())) await open.complete();
    const receipt = await open.settle();
    const isThere = receipt !== null && receipt.error !== "offline";
    if (!isThere && !navigator.serviceWorker?.controller) return tellAway(form);
    isThere && isLast !== undefined ? form.submit() : location.assign(nextUrl);
  } catch {
    form.submit();
  }
}

/** Say that it is saved, and that the next page cannot be had now. @param {HTMLFormElement} form */
function tellAway(form) {
  const words = form.querySelector("template[data-part=away]");
  if (words instanceof HTMLTemplateElement) form.querySelector("[data-status]")?.replaceChildren(words.content.cloneNode(true));
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const outbox = LessonOutbox.open(form).catch(() => null);
  form.addEventListener("submit", (event) => void complete(form, outbox, event));
  const body = document.querySelector("#lesson-body");
  if (body instanceof HTMLElement) followReader(body, (place) => keep(form, outbox, place), showPlace, new AbortController().signal);
}

/** Mark the part that is being read in the list of parts. @param {string} place */
function showPlace(place) {
  for (const link of document.querySelectorAll(".side a[href^='#']")) {
    const isHere = link.getAttribute("href") === `#${place}`;
    link.toggleAttribute("aria-current", isHere);
    if (isHere) link.setAttribute("aria-current", "step");
    link.parentElement?.classList.toggle("here", isHere);
  }
}

const form = document.querySelector("#lesson-form");
if (form instanceof HTMLFormElement) watch(form);
const body = document.querySelector("#lesson-body");
if (body instanceof HTMLElement) openOneAnswer(body);
