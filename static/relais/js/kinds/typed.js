// @ts-check
/**
 * What somebody types into a line: read as every server reads it (assessments/questions/typed.py), and
 * saved while the typing pauses.
 */

/** White space by name: what Python and JavaScript call white space by themselves differs. */
export const SPACES = "\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const CONTROLS = /[\x00-\x1f\x7f]/gu;
const EDGES = new RegExp(`^[${SPACES}]+|[${SPACES}]+$`, "gu");

/** Return the text of a field, trimmed, and no longer than a server takes. @param {string[] | undefined} values @param {number} longest */
export function typedLine(values, longest) {
  const text = (values?.[0] ?? "").replace(CONTROLS, " ").replace(EDGES, "");
  return [...text].slice(0, longest).join("");
}

/** A pause in the typing that is long enough to save in. */
const PAUSE_MS = 900;
/** Saves made while somebody types are at least this far apart. */
const APART_MS = 2000;

/** Inputs with something that is not saved yet, and the timer that will save it. @type {Map<HTMLElement, number>} */
const waiting = new Map();
/** What an input held when it was saved last while somebody typed. @type {WeakMap<HTMLElement, string>} */
const saved = new WeakMap();
/** @type {WeakMap<HTMLElement, number>} */
const savedAt = new WeakMap();
/** @type {WeakSet<HTMLElement>} */
const followed = new WeakSet();
let isListening = false;

/**
 * Say "change" on the text inputs of a question while somebody types, not only when they are left: at
 * every pause, at most once in two seconds, and before the page is left. Calling it twice does nothing more.
 *
 * @param {HTMLElement} root
 */
export function saveWhileTyping(root) {
  if (followed.has(root)) return;
  followed.add(root);
  root.addEventListener("input", (event) => typed(event.target));
  root.addEventListener("change", onChange, true);
  if (isListening) return;
  isListening = true;
  // In the capturing phase, so that whoever asks "is all of it saved?" at the same event hears of it first.
  for (const moment of ["beforeunload", "pagehide", "popstate", "submit"]) addEventListener(moment, flush, true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush(), true);
}

/** Save at once what waits. */
function flush() {
  for (const input of [...waiting.keys()]) save(input);
}

/** @param {EventTarget | null} input */
function typed(input) {
  if (!isLine(input)) return;
  clearTimeout(waiting.get(input));
  const soonest = (savedAt.get(input) ?? -APART_MS) + APART_MS - performance.now();
  waiting.set(input, setTimeout(() => save(input), Math.max(PAUSE_MS, soonest)));
}

/** @param {HTMLElement} input */
function save(input) {
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** What is said now is no longer waiting; what was said already, when the input is left, is not said again. @param {Event} event */
function onChange(event) {
  const input = event.target;
  if (!isLine(input)) return;
  const isWaiting = waiting.has(input);
  clearTimeout(waiting.get(input));
  waiting.delete(input);
  if (event.isTrusted && !isWaiting && saved.get(input) === input.value) {
    event.stopImmediatePropagation();
    return;
  }
  saved.set(input, input.value);
  savedAt.set(input, performance.now());
}

/** @param {EventTarget | null} input @returns {input is HTMLInputElement | HTMLTextAreaElement} */
function isLine(input) {
  return input instanceof HTMLTextAreaElement || (input instanceof HTMLInputElement && !["checkbox", "radio", "hidden"].includes(input.type));
}
