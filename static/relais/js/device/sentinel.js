// @ts-check
/**
 * A mark outside of the databases, so that their loss can be told. Browsers may clear what a site stored
 * when room is short; a page must then say so, not begin anew as if nothing had been.
 *
 * The mark holds a number, what waited when it was written, and nothing of anybody.
 */

const NAME = "relais-device";
const YEAR_S = 365 * 24 * 3600;

/** Write down that this device keeps something. @param {number} waiting */
export function markKept(waiting) {
  try {
    localStorage.setItem(NAME, String(waiting));
  } catch {
    // Storage is off or full: the cookie stands alone.
  }
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${NAME}=${waiting}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`;
}

/** Return how much waited when the mark was written last; null without a mark. @returns {number | null} */
export function readMark() {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith(`${NAME}=`));
  let mark = cookie?.slice(NAME.length + 1) ?? null;
  try {
    mark = localStorage.getItem(NAME) ?? mark;
  } catch {
    // See above.
  }
  return mark === null ? null : Number(mark) || 0;
}

/** Take the mark away: everything was removed on purpose, or the loss has been told. */
export function clearMark() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // See above.
  }
  document.cookie = `${NAME}=; path=/; max-age=0; samesite=lax`;
}
