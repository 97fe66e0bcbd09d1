/**
 * Keep the reader's place: tell the site which part of a lesson is being read.
 *
 * The lesson works without this. A place is sent when another part is reached, at most every
 * SEND_EVERY_MS, and once more when the page is left; a lost one is only a place, never an answer.
 */

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

/** @param {HTMLFormElement} form */
function watch(form) {
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
  const headings = [...document.querySelectorAll("#lesson-body [data-part]")];
  const links = [...document.querySelectorAll(".side a[href^='#']")];
  const keeper = placeKeeper(
    (place) => {
      fetch(form.dataset.placeUrl ?? "", {
        method: "POST",
        keepalive: true,
        credentials: "same-origin",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams({ place }),
      }).catch(() => {
        // No network: the next part that is reached tells the place again.
      });
    },
    () => performance.now(),
  );

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
