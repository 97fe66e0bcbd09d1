// @ts-check
/** The queue of the person who is here, in plain words: what waits, what is held, send now, save as a file. */

import { giveFile } from "./device-left.js";
import { noteSaved } from "./people.js";
import { unitOf, verbOf } from "./statements.js";
import { device } from "./sync.js";
import { fill, moment } from "./words.js";

const OLD_MS = 3 * 24 * 3600 * 1000;

/** @typedef {Awaited<ReturnType<import("./outbox.js").Outbox["list"]>>[number]} Line */
/** @typedef {{what: string, where: string, when: string, count: number, why: string}} Row */

class Queue {
  /** @param {HTMLElement} root @param {import("./sync.js").Device} here */
  constructor(root, here) {
    this.root = root;
    this.here = here;
    this.part("send").addEventListener("click", () => void this.send());
    this.part("save").addEventListener("click", () => void this.save());
    this.stop = here.onChange(() => void this.show());
  }

  async show() {
    if (!this.root.isConnected) return this.stop();
    const lines = await this.here.outbox.list();
    const waiting = lines.filter(({ state }) => state === "waiting");
    const since = waiting[0]?.at ?? null;
    this.part("none").hidden = waiting.length > 0;
    const count = this.part("count");
    count.hidden = !since;
    if (since) count.textContent = fill(count.dataset.words ?? "", { count: waiting.length, since: moment(since) });
    this.showOld(since);
    this.fill("waiting", waiting);
    this.fill("parked", lines.filter(({ state }) => state === "parked"));
    for (const each of this.root.querySelectorAll("[data-queue-acts]")) each.toggleAttribute("hidden", !since);
  }

  /** @param {string | null} since */
  showOld(since) {
    const banner = this.part("old");
    banner.hidden = !since || Date.now() - Date.parse(since) < OLD_MS;
    const words = banner.querySelector("p");
    if (words && since) words.textContent = fill(banner.dataset.words ?? "", { since: moment(since) });
  }

  /** @param {"waiting" | "parked"} name @param {Line[]} lines */
  fill(name, lines) {
    const list = /** @type {HTMLElement} */ (this.root.querySelector(`[data-queue-list="${name}"]`));
    list.replaceChildren(...this.rowsOf(lines).map((row) => this.drawn(row)));
    list.hidden = !lines.length;
    if (name === "parked") this.part("held").hidden = !lines.length;
  }

  /** Put together what is the same: ten answers of one test are one row. @param {Line[]} lines @returns {Row[]} */
  rowsOf(lines) {
    /** @type {Map<string, Row>} */
    const rows = new Map();
    for (const line of lines) {
      const what = this.whatOf(line);
      const where = this.titleOf(line);
      const key = [what, line.statement ? unitOf(line.statement).id : "", line.text].join(" ");
      const row = rows.get(key) ?? { what, where, when: line.at, count: 0, why: line.text };
      rows.set(key, { ...row, when: line.at, count: row.count + 1 });
    }
    return [...rows.values()];
  }

  /** @param {Row} row @returns {HTMLElement} */
  drawn({ what, where, when, count, why }) {
    const template = /** @type {HTMLTemplateElement} */ (this.root.querySelector("template[data-queue-row]"));
    const row = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    const times = count > 1 ? `, ${this.word("times", { count })}` : "";
    const texts = { what, where, when: `${moment(when)}${times}`, why };
    for (const [name, text] of Object.entries(texts)) {
      const place = /** @type {HTMLElement} */ (row.querySelector(`[data-${name}]`));
      place.textContent = text;
      place.hidden = !text;
    }
    return row;
  }

  /** @param {Line} line */
  whatOf({ statement }) {
    if (!statement) return this.word("unreadable");
    const verb = verbOf(statement);
    return this.word(verb === "initialized" && unitOf(statement).kind === "attempt" ? "initialized-attempt" : verb);
  }

  /** Name the test it belongs to, where its paper is here; a lesson is told by what was done. @param {Line} line */
  titleOf({ statement }) {
    const paper = statement && this.here.papers.get(unitOf(statement).id);
    const titles = paper?.title ?? {};
    return titles[document.documentElement.lang] ?? Object.values(titles)[0] ?? "";
  }

  async send() {
    this.say("sending");
    const { sent, held, error } = await this.here.send({ wait: true });
    if (error) return this.say(error);
    const words = [sent && this.word("sent", { count: sent }), held && this.word("held", { count: held })];
    this.tell(words.filter(Boolean).join(" "));
  }

  async save() {
    giveFile(await this.here.outbox.exportFile());
    await noteSaved(this.here.person.storeId);
    this.say("saved");
  }

  /** @param {string} word */
  say(word) {
    this.tell(this.word(word));
  }

  /** @param {string} words */
  tell(words) {
    this.part("status").textContent = words;
  }

  /** @param {string} name @param {Record<string, string | number>} values */
  word(name, values = {}) {
    const words = /** @type {HTMLTemplateElement} */ (this.root.querySelector("template[data-queue-words]"));
    return fill(words.content.querySelector(`[data-word="${name}"]`)?.textContent ?? "", values);
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-queue-${name}]`));
  }
}

/** Queues that are shown, and whose. @type {WeakMap<HTMLElement, import("./sync.js").Device>} */
const shown = new WeakMap();

/** Show the queue of whoever is here in some markup of sync/_queue.html. @param {HTMLElement} root */
export async function showQueue(root) {
  const here = await device();
  if (!here || shown.get(root) === here) return;
  shown.set(root, here);
  await new Queue(root, here).show();
}
