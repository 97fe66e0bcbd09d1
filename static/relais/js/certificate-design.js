/**
 * Show what stands in the form of a certificate's design, a moment after each change.
 * Without this script the button "Show it" does the same.
 */

const PAUSE_MS = 400;

/** @param {HTMLFormElement} form */
function follow(form) {
  const picture = /** @type {HTMLImageElement} */ (form.querySelector("[data-picture]"));
  const problems = /** @type {HTMLElement} */ (form.querySelector("[data-problems]"));
  let waiting = 0;
  let asked = 0;

  /** @param {string[]} sentences */
  const say = (sentences) => {
    problems.textContent = sentences.join("\n");
  };

  const draw = async () => {
    const mine = ++asked;
    picture.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.pictureUrl ?? "", { method: "POST", body: new FormData(form) });
      const made = answer.ok ? await answer.blob() : null;
      const refused = answer.status === 422 ? (await answer.json()).problems : [problems.dataset.failed ?? ""];
      // A slower answer to an earlier question must not cover the newest one.
      if (mine !== asked) return;
      say(made ? [] : refused);
      if (made) show(made);
    } catch {
      if (mine === asked) say([problems.dataset.failed ?? ""]);
    } finally {
      if (mine === asked) picture.removeAttribute("aria-busy");
    }
  };

  /** @param {Blob} made */
  const show = (made) => {
    const before = picture.src;
    picture.src = URL.createObjectURL(made);
    picture.hidden = false;
    if (before.startsWith("blob:")) URL.revokeObjectURL(before);
  };

  form.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(draw, PAUSE_MS);
  });
}

document.querySelectorAll("form[data-certificate-design]").forEach((form) => {
  follow(/** @type {HTMLFormElement} */ (form));
});
