// @ts-check
/** The quiz builder: says what each filter finds while somebody changes it. Without this, "Count again" says it. */

const WAIT_MS = 400;

/** @param {HTMLFormElement} form */
function start(form) {
  let waiting = 0;
  let asked = 0;
  form.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    // The words to find a question by are sent by their own button.
    if (field.name.endsWith("-find")) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(count, WAIT_MS);
  });

  async function count() {
    const mine = ++asked;
    const body = new FormData(form);
    body.set("do", "count");
    try {
      const reply = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
      // A slow reply to an older question says nothing any more.
      if (reply.ok && mine === asked) show(form, await reply.json());
    } catch {
      // Without a connection the numbers stay; saving will say so.
    }
  }
}

/** @param {HTMLFormElement} form @param {{rows: Record<string, {words: string, enough: boolean}>}} found */
function show(form, { rows }) {
  for (const [row, { words, enough }] of Object.entries(rows)) {
    const place = form.querySelector(`[data-found="${CSS.escape(row)}"]`);
    // What is the same is not said again.
    if (place && place.textContent !== words) place.textContent = words;
    place?.classList.toggle("qz-few", !enough);
  }
}

for (const form of document.querySelectorAll("form[data-quiz-builder]")) start(/** @type {HTMLFormElement} */ (form));
