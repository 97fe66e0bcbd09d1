// @ts-check
/** The form of the verifier: a link's fragment, a pasted text or a file is checked here, on the device. */

import { fromBase64, utf8 } from "./bytes.js";
import { dayOf, inWords } from "./days.js";
import { checkGiven } from "./given.js";
import { readPoint } from "./p256.js";
import { showChecked } from "./view.js";

const SERIAL = /^[^#{]{0,300}$/;
const SPKI_HEAD_BYTES = 26;
const OPENING = "#R1:";

/** What the page was told: the root, the issuer's name, the words. */
export function readKnown() {
  return JSON.parse(document.getElementById("verify-known")?.textContent ?? "null");
}

/** The root's point out of its SubjectPublicKeyInfo. @param {string} spki */
export function rootOf(spki) {
  return readPoint(fromBase64(spki).subarray(SPKI_HEAD_BYTES));
}

/** One page that checks: what it knows, what it shows. */
export class VerifyDesk {
  /**
   * @param {any} known
   * @param {() => import("./status.js").StatusLists | null} status
   * @param {() => Promise<boolean>} isSiteThere whether the site answers now: only a reply is proof
   */
  constructor(known, status, isSiteThere) {
    this.known = known;
    this.status = status;
    this.isSiteThere = isSiteThere;
    this.root = rootOf(known.root);
    this.form = /** @type {HTMLFormElement} */ (document.querySelector("[data-check]"));
    this.place = /** @type {HTMLElement} */ (document.querySelector("[data-result]"));
    /** @type {Uint8Array | null} what was given last: a newer list may say something else of it */
    this.given = null;
  }

  start() {
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.form.elements["file"]?.addEventListener("change", () => this.form.requestSubmit());
    addEventListener("hashchange", () => this.checkFragment());
    return this.checkFragment();
  }

  /** Check what stands behind the # of this page's own address. */
  async checkFragment() {
    if (location.hash.startsWith(OPENING)) await this.check(utf8(location.hash));
  }

  /** @param {Uint8Array} content */
  async check(content) {
    if (!this.root) return;
    this.given = content;
    const today = dayOf(Date.now());
    const trust = { root: this.root, issuer: this.known.issuer };
    showChecked(this.place, await checkGiven(content, { trust, status: this.status(), today }), this.known);
    for (const heading of this.form.querySelectorAll("h2")) heading.hidden = !heading.matches("[data-another]");
  }

  /** Check again what was given last, under a list that has come. */
  async again() {
    this.showList();
    if (this.given) await this.check(this.given);
  }

  /** @param {SubmitEvent} event */
  async submitted(event) {
    const file = this.form.elements["file"]?.files?.[0];
    const text = this.form.elements["text"].value.trim();
    if (!this.root) return;
    event.preventDefault();
    const isNumber = !file && SERIAL.test(text) && !text.includes("R1:");
    // A number is looked up in the register, by the site.
    if (isNumber && (await this.isSiteThere())) {
      this.form.submit();
      return;
    }
    const warning = /** @type {HTMLElement} */ (this.form.querySelector("[data-needs-network]"));
    warning.hidden = !(isNumber && text);
    if (isNumber) return;
    await this.check(file ? new Uint8Array(await file.arrayBuffer()) : utf8(text));
    this.form.reset();
  }

  /** Say of which day the list here is. */
  showList() {
    const status = this.status();
    const [day, absent] = ["[data-list]", "[data-list-absent]"].map((each) => document.querySelector(each));
    if (!(day instanceof HTMLElement) || !(absent instanceof HTMLElement)) return;
    day.dataset.words ??= day.textContent ?? "";
    if (status) day.textContent = day.dataset.words.replace("{day}", inWords(status.listedOn, this.known.language));
    [day.hidden, absent.hidden] = [!status, Boolean(status)];
  }
}
