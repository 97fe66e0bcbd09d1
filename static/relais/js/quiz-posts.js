// @ts-check
/**
 * Answers by form posts, for pages without an outbox.
 *
 * - One request a question at a time, always for the newest answer; `step` counts the changes, so the
 *   server knows an answer that was overtaken on its way.
 * - No reply, or a fault of the server: try again, for ever, more and more slowly. The same answer
 *   keeps the same nonce and step: the server knows it and saves it once.
 * - A refusal is shown and not repeated.
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const GIVE_UP_REPLY_MS = 15000;
const KEPT_ALIVE = 60_000;

/** @typedef {import("./quiz.js").Sheet} Sheet */

export class FormPosts {
  /** @param {import("./quiz.js").Quiz} quiz */
  constructor(quiz) {
    this.quiz = quiz;
  }

  /** Send the newest answer until the server has it. @param {Sheet} sheet */
  async save(sheet) {
    const { marks, root } = this.quiz;
    for (let wait = FIRST_WAIT_MS; sheet.savedStep < sheet.step; ) {
      const step = sheet.step;
      const reply = await post(sheet.form);
      if (reply.saved) {
        wait = FIRST_WAIT_MS;
        sheet.savedStep = step;
        (await this.quiz.outbox)?.heard(reply.ordinal);
        if (step === sheet.step) this.quiz.saved(sheet, "saved", reply.at, reply.answered);
      } else if (reply.message) {
        sheet.savedStep = step;
        marks.note(sheet, reply.message);
        if (reply.closed) location.assign(reply.url);
      } else {
        marks.note(sheet, (reply.signedOut ? root.dataset.signedOut : root.dataset.failed) ?? "");
        if (reply.renew) await this.renew(sheet);
        await Promise.race([pause(wait), new Promise((done) => addEventListener("online", done, { once: true }))]);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
  }

  /** Take a new token after somebody signed in again in another tab. @param {Sheet} sheet */
  async renew(sheet) {
    try {
      const page = await (await fetch(sheet.section.dataset.url ?? "", { redirect: "manual" })).text();
      const token = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
      if (!(token instanceof HTMLInputElement)) return;
      for (const { form } of this.quiz.sheets.values()) {
        /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value = token.value;
      }
    } catch {
      // No network: the next round tries again.
    }
  }
}

/** Post one form; tell what became of it. @param {HTMLFormElement} form @returns {Promise<any>} */
async function post(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body,
      // It arrives even where the page is gone meanwhile. Browsers take 64 KiB that way, and refuse more.
      keepalive: body.toString().length < KEPT_ALIVE,
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(GIVE_UP_REPLY_MS),
    });
    if (reply.type === "opaqueredirect") return { signedOut: true, renew: true };
    if (reply.status === 403) return { renew: true };
    const isJson = (reply.headers.get("Content-Type") ?? "").startsWith("application/json");
    return isJson ? await reply.json() : {};
  } catch {
    return {};
  }
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
