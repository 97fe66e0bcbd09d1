// @ts-check
/**
 * Leave a hard page at once: by its button, or by pressing Shift or Escape three times.
 *
 * The keys are those of the GOV.UK Design System's "Exit this page". The page is hidden before the next one
 * is asked for, and its place in the history is taken by the next one, so that "back" does not show it again.
 */

const TIMES = 3;
const WITHIN_MS = 5000;
const KEYS = new Set(["Shift", "Escape"]);

/**
 * Count presses of one key. Pure.
 * @param {{key: string, times: number, at: number}} before
 * @param {string} key
 * @param {number} now in milliseconds
 */
export function pressed(before, key, now) {
  const goesOn = before.key === key && now - before.at <= WITHIN_MS;
  return { key, times: goesOn ? before.times + 1 : 1, at: now };
}

/** Hide the page, then put the neutral one in its place. @param {string} address */
export function leave(address) {
  document.documentElement.hidden = true;
  document.title = "";
  location.replace(address);
}

/**
 * Follow a page's button, wherever it is put; `signal` ends it.
 * @param {ParentNode} root
 * @param {AbortSignal} [signal]
 */
export function watchLeaving(root, signal) {
  const link = () => /** @type {HTMLAnchorElement | null} */ (root.querySelector("a[data-leave]"));
  let count = { key: "", times: 0, at: 0 };
  document.addEventListener(
    "keydown",
    (event) => {
      if (!KEYS.has(event.key) || event.repeat) {
        // A capital letter is Shift and a letter: nobody leaves by typing.
        if (!KEYS.has(event.key)) count = { key: "", times: 0, at: 0 };
        return;
      }
      count = pressed(count, event.key, performance.now());
      const target = link();
      if (target && count.times >= TIMES) leave(target.href);
    },
    { signal },
  );
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target instanceof Element && event.target.closest("a[data-leave]");
      if (!(target instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      leave(target.href);
    },
    { capture: true, signal },
  );
}
