// @ts-check
/**
 * A quiz, one question at a time, without a request to move on.
 *
 * The page works without this module: each question is a form that saves and leads to the next. Here,
 * the other questions of the page are taken from their <template>s, each answer is sent as it is
 * given, and "Continue" only turns the page.
 *
 * Rules of sending:
 * - The mark "saved" comes after the server's answer, never before.
 * - One request a question at a time, always for the newest answer; `step` counts the changes, so the
 *   server knows an answer that was overtaken on its way.
 * - No reply, or a fault of the server: try again, for ever, more and more slowly. The same answer
 *   keeps the same nonce and step: the server knows it and saves it once.
 * - A refusal is shown and not repeated.
 */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const GIVE_UP_REPLY_MS = 15000;

/** @typedef {{section: HTMLElement, form: HTMLFormElement, step: number, savedStep: number, isSending: boolean}} Sheet */

class Quiz {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.place = /** @type {HTMLElement} */ (root.querySelector("[data-place]"));
    /** @type {Map<number, Sheet>} */
    this.sheets = new Map();
    this.take(this.place);
    for (const template of root.querySelectorAll("template[data-number]")) {
      this.take(/** @type {HTMLTemplateElement} */ (template).content);
    }
    for (const time of this.place.querySelectorAll("time")) localise(time);
    root.addEventListener("change", (event) => this.changed(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    root.addEventListener("click", (event) => this.clicked(event));
    addEventListener("popstate", () => this.showAddress());
    addEventListener("online", () => this.sendAll());
    addEventListener("beforeunload", (event) => this.unsaved().length && event.preventDefault());
    // A page that comes back from the browser's cache may show what was saved differently since.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  /** @param {ParentNode} holder */
  take(holder) {
    const section = /** @type {HTMLElement} */ (holder.querySelector("[data-question]"));
    const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
    const number = Number(section.dataset.question);
    this.sheets.set(number, { section, form, step: 0, savedStep: 0, isSending: false });
  }

  /** @param {Element} element @returns {[number, Sheet]} */
  sheetAt(element) {
    const section = /** @type {HTMLElement} */ (element.closest("[data-question]"));
    const number = Number(section.dataset.question);
    return [number, /** @type {Sheet} */ (this.sheets.get(number))];
  }

  unsaved() {
    return [...this.sheets.values()].filter((sheet) => sheet.savedStep < sheet.step);
  }

  /** @param {Event} event */
  changed(event) {
    const [, sheet] = this.sheetAt(/** @type {Element} */ (event.target));
    sheet.step += 1;
    /** @type {HTMLInputElement} */ (sheet.form.elements.namedItem("step")).value = String(sheet.step);
    this.status(sheet).replaceChildren();
    this.send(sheet);
  }

  /** @param {Event} event */
  submitted(event) {
    event.preventDefault();
    const [number] = this.sheetAt(/** @type {Element} */ (event.target));
    this.sheets.has(number + 1) ? this.turn(number + 1) : this.leave();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = /** @type {Element} */ (event.target).closest("a[data-turn], a[data-review]");
    if (!link) return;
    event.preventDefault();
    const number = Number(/** @type {HTMLElement} */ (link).dataset.turn);
    number ? this.turn(number) : this.leave();
  }

  /** Show a question and put it in the address. @param {number} number */
  turn(number) {
    const sheet = /** @type {Sheet} */ (this.sheets.get(number));
    history.pushState(null, "", sheet.section.dataset.url);
    this.show(number);
  }

  showAddress() {
    for (const [number, sheet] of this.sheets) {
      if (new URL(sheet.section.dataset.url ?? "", location.href).pathname === location.pathname) this.show(number);
    }
  }

  /** @param {number} number */
  show(number) {
    const { section } = /** @type {Sheet} */ (this.sheets.get(number));
    this.place.replaceChildren(section);
    for (const time of section.querySelectorAll("time")) localise(time);
    const heading = /** @type {HTMLElement} */ (section.querySelector("h1"));
    document.title = document.title.replace(/^.*(?= - )/u, heading.textContent ?? "");
    this.count();
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Go to the list of answers once everything is saved. */
  async leave() {
    for (let tries = 0; this.unsaved().length; tries += 1) {
      if (tries === 1) this.note(this.current(), this.root.dataset.waiting ?? "");
      await pause(400);
    }
    location.assign(this.root.dataset.reviewUrl ?? "");
  }

  current() {
    return this.sheetAt(/** @type {Element} */ (this.place.firstElementChild))[1];
  }

  sendAll() {
    for (const sheet of this.unsaved()) this.send(sheet);
  }

  /** Send the newest answer until the server has it. @param {Sheet} sheet */
  async send(sheet) {
    if (sheet.isSending) return;
    sheet.isSending = true;
    let wait = FIRST_WAIT_MS;
    while (sheet.savedStep < sheet.step) {
      const step = sheet.step;
      const reply = await post(sheet.form);
      if (reply.saved) {
        wait = FIRST_WAIT_MS;
        sheet.savedStep = step;
        if (step === sheet.step) this.mark(sheet, reply);
      } else if (reply.message) {
        sheet.savedStep = step;
        this.note(sheet, reply.message);
        if (reply.closed) location.assign(reply.url);
      } else {
        this.note(sheet, (reply.signedOut ? this.root.dataset.signedOut : this.root.dataset.failed) ?? "");
        if (reply.renew) await this.renew(sheet);
        await Promise.race([pause(wait), new Promise((done) => addEventListener("online", done, { once: true }))]);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    }
    sheet.isSending = false;
  }

  /** Take a new token after somebody signed in again in another tab. @param {Sheet} sheet */
  async renew(sheet) {
    try {
      const page = await (await fetch(sheet.section.dataset.url ?? "", { redirect: "manual" })).text();
      const token = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
      if (!(token instanceof HTMLInputElement)) return;
      for (const { form } of this.sheets.values()) {
        /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value = token.value;
      }
    } catch {
      // No network: the next round tries again.
    }
  }

  /** @param {Sheet} sheet @param {{at: string | null, answered: boolean}} reply */
  mark(sheet, reply) {
    sheet.section.toggleAttribute("data-answered", reply.answered);
    const mark = this.copy("saved");
    const time = /** @type {HTMLTimeElement} */ (mark.querySelector("time"));
    time.dateTime = reply.at ?? new Date().toISOString();
    localise(time);
    this.status(sheet).replaceChildren(mark);
    this.count();
  }

  /** @param {Sheet} sheet @param {string} words */
  note(sheet, words) {
    const mark = this.copy("unsaved");
    /** @type {HTMLElement} */ (mark.querySelector("span")).textContent = words;
    this.status(sheet).replaceChildren(mark);
  }

  /** @param {Sheet} sheet @returns {HTMLElement} */
  status(sheet) {
    return /** @type {HTMLElement} */ (sheet.section.querySelector("[data-status]"));
  }

  /** @param {string} name @returns {HTMLElement} */
  copy(name) {
    const template = /** @type {HTMLTemplateElement} */ (this.root.querySelector(`template[data-mark=${name}]`));
    return /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  }

  /** Bring the progress line up to date. */
  count() {
    const total = this.sheets.size;
    const answered = [...this.sheets.values()].filter(({ section }) => section.hasAttribute("data-answered")).length;
    const words = (this.root.dataset.progress ?? "").replace("{answered}", String(answered)).replace("{total}", String(total));
    for (const line of this.place.querySelectorAll("progress")) {
      line.value = answered;
      line.setAttribute("aria-label", words);
    }
  }
}

/** Post one form; tell what became of it. @param {HTMLFormElement} form @returns {Promise<any>} */
async function post(form) {
  try {
    const reply = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
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

/** Show a time as the clock of this device shows it. @param {HTMLTimeElement} time */
function localise(time) {
  if (!time.dateTime) return;
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  time.textContent = form.format(new Date(time.dateTime));
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

const root = document.querySelector("[data-quiz]");
if (root instanceof HTMLElement) new Quiz(root);
