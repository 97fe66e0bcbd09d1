// @ts-check
/**
 * The list of answers and the hand-in, where this device has an outbox. Without one the form works alone.
 *
 * What waits is sent before the form is posted. Where no reply comes, the hand-in is said through the
 * outbox: it is on this device then, and the centre gives the result once it arrives.
 */

import { AttemptOutbox } from "./device/attempt.js";

const GIVE_UP_REPLY_MS = 20000;

class HandIn {
  /** @param {HTMLElement} root @param {HTMLFormElement} form */
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.isBusy = false;
    this.attempt = AttemptOutbox.open(form).catch(() => null);
    form.addEventListener("submit", (event) => void this.submitted(event));
    void this.begin();
  }

  /** What was said here and has not arrived is not on this page yet: send it, and take the page anew. */
  async begin() {
    const attempt = await this.attempt;
    if (!attempt) return;
    const handedIn = await attempt.handedIn();
    if (handedIn) return this.waitForResult(attempt, handedIn);
    const said = await attempt.said();
    const states = await attempt.outbox.statesOf(said.map(({ id }) => id));
    if (![...states.values()].includes("waiting")) return;
    const { sent } = await attempt.device.send({ wait: true });
    if (sent && !this.isBusy) location.reload();
  }

  /** @param {SubmitEvent} event */
  async submitted(event) {
    event.preventDefault();
    if (this.isBusy) return;
    this.isBusy = true;
    this.tell("sending");
    const attempt = await this.attempt;
    const receipt = await attempt?.device.send({ wait: true });
    // Signed out, or another's session: the site says so, and what is safe.
    if (!attempt || (receipt?.error && receipt.error !== "offline")) return this.form.submit();
    if (!receipt?.error && (await this.post())) return location.assign(this.form.dataset.resultUrl ?? "");
    try {
      const statement = await attempt.handIn(JSON.parse(document.querySelector("#answers")?.textContent ?? "{}"));
      await this.waitForResult(attempt, statement.id);
    } catch {
      this.isBusy = false;
      this.tell("not-saved");
    }
  }

  /** Post the form; true once the site has led on. */
  async post() {
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(this.form)));
      const reply = await fetch(this.form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(GIVE_UP_REPLY_MS) });
      return reply.type === "opaqueredirect";
    } catch {
      return false;
    }
  }

  /** Show that it is handed in here, until the centre has it. @param {AttemptOutbox} attempt @param {string} statement */
  async waitForResult(attempt, statement) {
    this.root.replaceChildren(this.copy("handed-in"));
    /** @type {HTMLElement} */ (this.root.querySelector("h1")).focus();
    const look = async () => {
      if ((await attempt.outbox.statesOf([statement])).get(statement) !== "sent") return;
      /** @type {HTMLElement} */ (this.root.querySelector("[data-result]")).hidden = false;
      this.root.querySelector("[data-status]")?.replaceChildren(this.copy("result-is-here"));
    };
    attempt.device.onChange(() => void look());
    await look();
  }

  /** @param {string} part */
  tell(part) {
    let status = this.form.querySelector("[data-status]");
    if (!status) {
      status = Object.assign(document.createElement("div"), { role: "status" });
      status.setAttribute("data-status", "");
      this.form.prepend(status);
    }
    status.replaceChildren(this.copy(part));
  }

  /** @param {string} name @returns {Node} */
  copy(name) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template[data-part=${name}]`));
    return template.content.cloneNode(true);
  }
}

const root = document.querySelector("[data-review]");
const form = root?.querySelector("form[data-outbox]");
if (root instanceof HTMLElement && form instanceof HTMLFormElement) new HandIn(root, form);
