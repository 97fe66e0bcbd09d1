/**
 * Keep the reader's place, and that a lesson was read to its end.
 *
 * The lesson works without this. A place is said when another part is reached, at most every
 * SEND_EVERY_MS, and once more when the page is left; a lost one is only a place, never an answer.
 * Both go to the outbox of this device where there is one (lesson-outbox.js), else to the site.
 */

import { LessonOutbox } from "./lesson-outbox.js";

const SEND_EVERY_MS = 5000;

/**
 * Return what decides when to send a place. Pure but for `send` and the clock it is given.
 * @param {(place: string) => void} send
 * @param {() => number} now
 */
export function placeKeeper(send, now) {
  let sent = "";
  let waiting = "";
  let last = -Infinity;
  return {
    /** @param {string} place */
    reach(place) {
      waiting = place === sent ? "" : place;
    },
    /** @param {boolean} leaving */
    flush(leaving) {
      if (!waiting || (!leaving && now() - last < SEND_EVERY_MS)) return;
      sent = waiting;
      waiting = "";
      last = now();
      send(sent);
    },
  };
}

/**
 * Return the last part whose heading is above the reading line.
 * @param {{top: number, id: string}[]} parts in order
 * @param {number} line
 */
export function partAt(parts, line) {
  const above = parts.filter((part) => part.top <= line);
  return above.length ? above[above.length - 1].id : "";
}

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
  const headings = [...document.querySelectorAll("#lesson-body [data-part]")];
  const links = [...document.querySelectorAll(".side a[href^='#']")];
  const keeper = placeKeeper((place) => void keep(form, outbox, place), () => performance.now());

  const look = () => {
    const parts = headings.map((each) => ({ id: each.id, top: each.getBoundingClientRect().top }));
    const place = partAt(parts, window.innerHeight * 0.5);
    if (!place) return;
    keeper.reach(place);
    for (const link of links) {
      const isHere = link.getAttribute("href") === `#${place}`;
      link.toggleAttribute("aria-current", isHere);
      if (isHere) link.setAttribute("aria-current", "step");
      link.parentElement?.classList.toggle("here", isHere);
    }
  };

  const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -50% 0px" });
  headings.forEach((each) => observer.observe(each));
  setInterval(() => keeper.flush(false), 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keeper.flush(true);
  });
  window.addEventListener("pagehide", () => keeper.flush(true));
}

/** Open one answer at a time, also where a browser does not know the name of details. */
function closeOthers() {
  for (const section of document.querySelectorAll("[data-self-check]")) {
    const answers = [...section.querySelectorAll("details")];
    for (const answer of answers) {
      answer.addEventListener("toggle", () => {
        if (!answer.open) return;
        for (const other of answers) if (other !== answer) other.open = false;
      });
    }
  }
}

if (typeof document !== "undefined") {
  const form = document.querySelector("#lesson-form");
  if (form instanceof HTMLFormElement) watch(form);
  closeOthers();
}
