// @ts-check
/** Which part of a lesson is being read: seen as it scrolls, said at most every few seconds. */

const SAY_EVERY_MS = 5000;

/**
 * Follow the reader until `signal` ends it.
 * @param {HTMLElement} body
 * @param {(place: string) => unknown} say
 * @param {(place: string) => unknown} show
 * @param {AbortSignal} signal
 */
export function followReader(body, say, show, signal) {
  const headings = [...body.querySelectorAll("[data-part]")];
  let [said, waiting, last] = ["", "", -Infinity];
  const flush = (/** @type {boolean} */ isLeaving) => {
    if (!waiting || (!isLeaving && performance.now() - last < SAY_EVERY_MS)) return;
    [said, waiting, last] = [waiting, "", performance.now()];
    say(said);
  };
  const look = () => {
    const line = window.innerHeight * 0.5;
    const above = headings.filter((each) => each.getBoundingClientRect().top <= line);
    const place = above.length ? above[above.length - 1].id : "";
    if (!place) return;
    waiting = place === said ? "" : place;
    show(place);
  };
  const observer = new IntersectionObserver(look, { rootMargin: "0px 0px -50% 0px" });
  for (const each of headings) observer.observe(each);
  const timer = setInterval(() => {
    // Who jumps past a heading (End, a search in the page) never has it on the screen: nobody tells of it.
    look();
    flush(false);
  }, 1000);
  const leaving = () => document.visibilityState === "hidden" && flush(true);
  document.addEventListener("visibilitychange", leaving, { signal });
  addEventListener("pagehide", () => flush(true), { signal });
  signal.addEventListener("abort", () => {
    flush(true);
    observer.disconnect();
    clearInterval(timer);
  });
}

/** Open one answer of a self-check at a time, also where a browser does not know the name of details. @param {HTMLElement} body */
export function openOneAnswer(body) {
  for (const section of body.querySelectorAll("[data-self-check]")) {
    const answers = [...section.querySelectorAll("details")];
    for (const answer of answers) {
      answer.addEventListener("toggle", () => {
        if (answer.open) for (const other of answers) if (other !== answer) other.open = false;
      });
    }
  }
}
