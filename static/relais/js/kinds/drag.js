// @ts-check
/**
 * Follow a finger, a pen or a mouse from where it takes hold of something until it lets go.
 *
 * A short touch stays a click: what can be dragged can be pressed too, by the same element. An element that
 * is dragged by touch needs `touch-action: none`, else the page scrolls away under the finger.
 */

const FIRST_MOVE_PX = 6;
const EDGE_PX = 70;
const SCROLL_PX = 14;

/**
 * @typedef {{
 *   begin: (down: PointerEvent) => boolean,
 *   move: (at: PointerEvent) => void,
 *   end: (at: PointerEvent | null) => void,
 * }} Hold `begin` tells whether there is anything to drag; `end` gets null where the drag was given up
 */

/** @param {HTMLElement} handle @param {Hold} hold */
export function followPointer(handle, hold) {
  handle.addEventListener("pointerdown", (down) => {
    if (down.button || !down.isPrimary) return;
    // Not at the start: a question may be made ready before it is in the page.
    const page = handle.ownerDocument;
    const stop = new AbortController();
    const over = { signal: stop.signal };
    let isHeld = false;
    const end = (/** @type {PointerEvent | null} */ at) => {
      stop.abort();
      if (!isHeld) return;
      swallowClick(page);
      hold.end(at);
    };
    page.addEventListener(
      "pointermove",
      (at) => {
        if (at.pointerId !== down.pointerId) return;
        if (!isHeld) {
          if (Math.hypot(at.clientX - down.clientX, at.clientY - down.clientY) < FIRST_MOVE_PX) return;
          if (!hold.begin(down)) return stop.abort();
          isHeld = true;
        }
        at.preventDefault();
        scrollAtEdge(at.clientY);
        hold.move(at);
      },
      over,
    );
    page.addEventListener("pointerup", (at) => at.pointerId === down.pointerId && end(at), over);
    page.addEventListener("pointercancel", (at) => at.pointerId === down.pointerId && end(null), over);
    page.addEventListener("keydown", (key) => key.key === "Escape" && end(null), over);
  });
}

/** Letting go is no click on what lies there. @param {Document} page */
function swallowClick(page) {
  const stop = new AbortController();
  const swallow = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  page.addEventListener("click", swallow, { capture: true, once: true, signal: stop.signal });
  setTimeout(() => stop.abort());
}

/** @param {number} y */
function scrollAtEdge(y) {
  if (y < EDGE_PX) scrollBy(0, -SCROLL_PX);
  else if (y > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
}
