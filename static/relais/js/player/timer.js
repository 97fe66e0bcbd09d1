// @ts-check
/** The time that is left for an attempt: seen each second, said aloud seldom, and its end. */

import { clockText } from "./numbers.js";

const SHORT_MS = 5 * 60_000;
const SAID_AT_MIN = [10, 5, 1];
const AGAIN_MS = 10_000;

/**
 * Show what is left until `signal` ends it; call `end` once nothing is, and again where that failed.
 * @param {{endsAt: number, now: () => number, root: ParentNode, say: (minutes: number) => string, end: () => Promise<unknown>, signal: AbortSignal}} given
 */
export function watchTime({ endsAt, now, root, say, end, signal }) {
  const figure = root.querySelector("[data-clock]");
  const voice = root.querySelector("[data-time-said]");
  let [said, next] = [Infinity, 0];
  const look = () => {
    const left = endsAt - now();
    if (figure) figure.textContent = clockText(left);
    figure?.parentElement?.classList.toggle("is-short", left <= SHORT_MS);
    const minutes = SAID_AT_MIN.find((each) => left <= each * 60_000 && left > (each - 1) * 60_000);
    if (voice && minutes && minutes < said) {
      said = minutes;
      voice.textContent = say(minutes);
    }
    if (left > 0 || now() < next) return;
    next = now() + AGAIN_MS;
    void end();
  };
  const timer = setInterval(look, 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
  look();
}
