// @ts-check
/**
 * "Make available offline" on a course's page: the size first, then progress, pause, and the tick only
 * once every file is here and verified. The page works without this; the card stays hidden.
 */

import { canKeep, download, DownloadError, look, onDownloads, pause, remove } from "./device/downloads.js";
import { device } from "./device/sync.js";
import { keepShells } from "./device/worker-door.js";

/** @typedef {{size?: number, done?: number, total?: number, bytes?: number, date?: number}} Facts */

const language = document.documentElement.lang;
const UNITS = /** @type {[number, string][]} */ ([[1e9, "gigabyte"], [1e6, "megabyte"], [1e3, "kilobyte"], [1, "byte"]]);

class OfflineCourse {
  /** @param {HTMLElement} card */
  constructor(card) {
    this.card = card;
    this.course = card.dataset.course ?? "";
    this.lang = card.dataset.lang ?? language;
    this.state = "";
    this.mine = false;
    /** @type {Record<string, () => unknown>} */
    this.acts = {
      start: () => this.start(),
      download: () => this.download(),
      pause: () => pause(this.course),
      look: () => this.look(),
      sure: () => this.show("sure"),
      remove: () => remove(this.course),
    };
    card.addEventListener("click", (event) => this.clicked(event));
    onDownloads((news) => news.course === this.course && this.heard(news));
  }

  /** @param {Event} event */
  clicked(event) {
    const button = /** @type {Element} */ (event.target).closest("[data-act]");
    if (button instanceof HTMLElement) this.acts[button.dataset.act ?? ""]?.();
  }

  /** Find out how things are, and go on with what was begun. */
  async begin() {
    const seen = await this.look();
    const isBegun = seen?.row && seen.row.next && !seen.row.isPaused;
    if (isBegun && !savesData()) await this.download();
  }

  async look() {
    const seen = await this.seen();
    if (!seen) return null;
    const { row, total, missing, isWhole, isNewest } = seen;
    this.size = missing;
    const facts = { size: missing, total, done: total - missing, bytes: row?.bytes, date: row?.verifiedAt };
    if (isWhole && !(await keepShells(row?.languages ?? []))) this.fail("no-worker");
    else if (isWhole && isNewest) this.show(missing ? "language" : "ready", facts);
    else if (isWhole) this.show("update", facts);
    else if (row?.state === "dropped") this.show("dropped", facts);
    else this.show(row ? "stopped" : "offer", facts);
    return seen;
  }

  /** What is here and what would come; without a network only what is here. */
  async seen() {
    try {
      return await look(this.course, this.lang);
    } catch (error) {
      const kept = await look(this.course, this.lang, false);
      if (kept.row) return kept;
      // Nothing here and nothing to be had: where the site gives no course away, it is not spoken of.
      if (codeOf(error) !== "refused") this.fail(codeOf(error));
      return null;
    }
  }

  /** Begin, unless the reader wants to save data: then say what it costs and ask. */
  start() {
    return savesData() ? this.show("ask", { size: this.size }) : this.download();
  }

  async download() {
    this.mine = true;
    try {
      await download(this.course, {
        lang: this.lang,
        onProgress: (done, total, isWaiting) =>
          this.show(done === total ? "checking" : isWaiting ? "waiting" : "loading", { done, total }),
      });
      // The tests come along too: their papers are drawn now, while there is a connection.
      await (await device())?.refresh({ force: true });
      await this.look();
    } catch (error) {
      const code = codeOf(error);
      if (code === "paused" || code === "elsewhere") await this.look();
      else this.fail(code);
    } finally {
      this.mine = false;
    }
  }

  /** Follow what another tab does. @param {{state: string, done?: number, total?: number}} news */
  heard({ state, done, total }) {
    if (this.mine) return;
    if (state === "loading" || state === "waiting") this.show(state, { done, total });
    else if (state !== "pausing") this.look();
  }

  /** @param {string} code */
  fail(code) {
    for (const line of this.card.querySelectorAll("[data-error]")) {
      if (line instanceof HTMLElement) line.hidden = line.dataset.error !== code;
    }
    this.show("error");
  }

  /** @param {string} state @param {Facts} facts */
  show(state, facts = {}) {
    const hadFocus = this.card.contains(document.activeElement);
    const [isFirst, isNew] = [!this.state, state !== this.state];
    this.state = state;
    this.card.hidden = false;
    for (const part of this.card.querySelectorAll("[data-state]")) {
      if (!(part instanceof HTMLElement)) continue;
      part.hidden = part.dataset.state !== state;
      if (!part.hidden) fill(part, facts);
    }
    if (isFirst || !isNew) return;
    const shown = /** @type {HTMLElement} */ (this.card.querySelector(`[data-state=${state}]`));
    const said = [...shown.querySelectorAll("p:not([hidden])")].filter((line) => !line.querySelector("button"));
    /** @type {HTMLElement} */ (this.card.querySelector("[data-said]")).textContent = said.map((line) => line.textContent).join(" ");
    // The button that was pressed is gone: without this the keyboard would be back at the top of the page.
    if (hadFocus) (shown.querySelector("button") ?? /** @type {HTMLElement} */ (this.card.querySelector("h2"))).focus();
  }
}

/** @param {HTMLElement} part @param {Facts} facts */
function fill(part, facts) {
  for (const line of part.querySelectorAll("[data-words]")) {
    const words = /** @type {HTMLElement} */ (line).dataset.words ?? "";
    line.textContent = words.replace(/\{(\w+)\}/g, (_all, name) => inWords(name, /** @type {any} */ (facts)[name]));
  }
  const bar = part.querySelector("progress");
  if (!bar || !facts.total) return;
  bar.max = facts.total;
  bar.value = facts.done ?? 0;
}

/** @param {string} name @param {number | undefined} value */
function inWords(name, value) {
  if (name === "date") return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(value);
  const [size, unit] = UNITS.find(([least]) => (value ?? 0) >= least) ?? UNITS[3];
  const digits = { maximumFractionDigits: (value ?? 0) / size < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", ...digits }).format((value ?? 0) / size);
}

function savesData() {
  return Boolean(/** @type {any} */ (navigator).connection?.saveData);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof DownloadError ? error.code : "fault";
}

const card = document.querySelector("#offline");
if (card instanceof HTMLElement && canKeep()) new OfflineCourse(card).begin();
