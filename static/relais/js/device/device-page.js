// @ts-check
/**
 * The page of a device: who uses it, switched in two taps; the PIN; locking; leaving. Built from the device's own store,
 * so that it is the same signed in, signed out and without a connection. The shell shows the same markup with showDevice().
 */

import { removeCourse, showCourses } from "./device-courses.js";
import { saveLeft, sendLeft, showLeft, whoLeft } from "./device-left.js";
import { dateInWords, drawWho, newRow, part, putRows, showError, showWhen, wordsOf } from "./page-parts.js";
import { forgetPerson, lock, onChange, people, removePerson, setPin, unlock, whoIsHere } from "./people.js";
import { RefusedPinError, WeakPinError } from "./pins.js";
import { showQueue } from "./queue.js";
import { hasSession, pageData, signedIn } from "./session.js";
import { device } from "./sync.js";
import { moment } from "./words.js";

/** @typedef {import("./roster.js").Listed} Listed */

const UNREACHED = ["offline", "signed-out"];

class DevicePage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.words = wordsOf(root);
    /** @type {Listed[]} */
    this.left = [];
    /** @type {import("./sync.js").Device | null} */
    this.followed = null;
    /** @type {Record<string, (row: HTMLElement, who: Listed) => unknown>} */
    this.acts = {
      open: (row, who) => this.open(row, who),
      close: (row) => this.closeForm(row),
      remove: (row, who) => this.askRemoval(row, who),
      forget: (row, who) => this.ask(row, this.words("forget-sure", who), () => this.forget(who)),
      no: (row) => part(row, "[data-ask]").toggleAttribute("hidden", true),
      sure: () => this.sure?.(),
      lock: () => this.lock(),
      "send-left": () => this.sendLeft(),
      "save-left": () => this.saveLeft(),
      "remove-course": (row) => part(row, "[data-ask]").toggleAttribute("hidden", false),
      "sure-course": (row) => this.removeCourse(row),
    };
    root.addEventListener("click", (event) => this.clicked(event));
    root.addEventListener("submit", (event) => this.submitted(event));
    onChange(() => this.isShown() && this.refresh());
  }

  isShown() {
    return this.root.isConnected;
  }

  /** Bring everything up to date with the device's store. */
  async refresh() {
    const here = await whoIsHere();
    const listed = await people().catch(() => null);
    part(this.root, '[data-part="nothing"]').hidden = listed !== null && Boolean(globalThis.crypto?.subtle);
    if (!listed) return;
    this.here = here;
    /** @type {Map<string, Listed>} */
    this.listed = new Map(listed.map((who) => [who.storeId, who]));
    const able = listed.filter((who) => who.isOpenable);
    putRows(this.root, "people", able.map((who) => this.personRow(who)));
    await this.showHere();
    void this.follow();
    part(this.root, '[data-part="queue"]').hidden = !here;
    if (here) await showQueue(part(this.root, "[data-queue]"));
    this.left = await whoLeft(here?.storeId ?? "");
    showLeft(this.root, this.left, this.words);
    await showCourses(this.root, this.words);
  }

  /** @param {Listed} who @returns {HTMLElement} */
  personRow(who) {
    const row = newRow(this.root, "person");
    const isHere = who.storeId === this.here?.storeId;
    row.dataset.store = who.storeId;
    drawWho(row, who, this.words("nobody"));
    part(row, "[data-facts]").textContent = this.factsOf(who);
    part(row, '[data-act="open"]').setAttribute("aria-label", this.words("open-as", who));
    showWhen(row, { here: isHere, away: !isHere, locked: who.hasPin });
    const input = part(row, "[name=pin]");
    input.id = `pin-${who.storeId}`;
    part(row, "form label").setAttribute("for", input.id);
    return row;
  }

  /** @param {Listed} who */
  factsOf(who) {
    const facts = [this.words(who.hasPin ? "has-pin" : "no-pin"), this.words("last-here", { date: dateInWords(who.usedAt) })];
    if (who.waiting) facts.push(this.words("waits", { count: who.waiting, since: moment(who.oldest ?? "") }));
    return facts.join(" · ");
  }

  /** Say what waits as it is sent; whatever somebody types meanwhile stays. */
  async follow() {
    const mine = await device();
    if (!mine || mine === this.followed) return;
    this.followed = mine;
    const stop = mine.onChange(async () => {
      if (!this.isShown()) return stop();
      for (const who of await people().catch(() => [])) {
        const facts = this.root.querySelector(`li[data-store="${who.storeId}"] [data-facts]`);
        if (facts && who.isOpenable) facts.textContent = this.factsOf(who);
      }
    });
  }

  async showHere() {
    const { here } = this;
    const section = part(this.root, '[data-part="here"]');
    section.hidden = !here;
    if (!here) return;
    const isMine = signedIn() === here.uuid;
    showWhen(section, { pin: here.hasPin, "no-pin": !here.hasPin, "signed-out": !isMine && !("shell" in pageData() && (await hasSession(here.uuid))) });
    part(section, "[data-go]").setAttribute("href", nextAddress() || `/${document.documentElement.lang}/${isMine ? "" : "device/shell/"}`);
  }

  /** @param {Event} event */
  clicked(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("[data-sign-in]")) return signOutFirst(event);
    const button = target.closest("[data-act]");
    if (!(button instanceof HTMLElement)) return;
    const row = /** @type {HTMLElement} */ (button.closest("li") ?? this.root);
    const who = this.listed?.get(row.dataset.store ?? "");
    void this.acts[button.dataset.act ?? ""]?.(row, /** @type {Listed} */ (who));
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.form) return;
    event.preventDefault();
    if (form.dataset.form === "pin") void this.savePin(form, event.submitter instanceof HTMLButtonElement && event.submitter.name === "remove");
    else void this.openWithPin(/** @type {HTMLElement} */ (form.closest("li")), form);
  }

  /** @param {HTMLElement} row @param {Listed} who */
  async open(row, who) {
    const form = part(row, '[data-form="open"]');
    if (!who.hasPin) return this.tryOpen(who.storeId, "", form);
    form.hidden = false;
    part(form, "input").focus();
  }

  /** @param {HTMLElement} row */
  closeForm(row) {
    part(row, '[data-form="open"]').hidden = true;
    part(row, '[data-act="open"]').focus();
  }

  /** @param {HTMLElement} row @param {HTMLFormElement} form */
  async openWithPin(row, form) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("pin"));
    const pin = input.value;
    input.value = "";
    input.focus();
    await this.tryOpen(row.dataset.store ?? "", pin, form);
  }

  /** @param {string} storeId @param {string} pin @param {HTMLElement} form */
  async tryOpen(storeId, pin, form) {
    showError(form, "");
    try {
      const person = await unlock(storeId, pin);
      const next = nextAddress();
      if (next) return location.replace(next);
      await this.refresh();
      this.say(this.words("opened", person));
      part(this.root, "#here-title").focus();
    } catch (error) {
      if (!(error instanceof RefusedPinError)) return showError(form, this.words("unopened"));
      if (error.left) return showError(form, this.words("pin-wrong", { left: error.left }));
      await this.refresh();
      this.say(this.words("pin-erased"));
    }
  }

  async lock() {
    await lock();
    await this.refresh();
    this.say(this.words("locked"));
  }

  /** @param {HTMLFormElement} form @param {boolean} isRemoval */
  async savePin(form, isRemoval) {
    const [current, pin, again] = ["current", "pin", "again"].map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value);
    if (!this.here) return;
    if (!isRemoval && pin !== again) return showError(form, this.words("pin-differs"));
    if (!isRemoval && !pin) return showError(form, this.words("pin-weak"));
    try {
      await setPin(this.here, isRemoval ? "" : pin, current);
    } catch (error) {
      if (error instanceof WeakPinError) return showError(form, this.words("pin-weak"));
      if (error instanceof RefusedPinError && error.left) return showError(form, this.words("pin-now-wrong"));
      await this.refresh();
      return this.say(this.words(error instanceof RefusedPinError ? "pin-erased" : "unopened"));
    }
    showError(form, "");
    form.reset();
    /** @type {HTMLDetailsElement} */ (form.closest("details")).open = false;
    await this.refresh();
    this.say(this.words(isRemoval ? "pin-removed" : "pin-set"));
    part(this.root, "#here-title").focus();
  }

  /** @param {HTMLElement} row @param {Listed} who */
  askRemoval(row, who) {
    const isUnsaved = who.waiting > 0 && !who.isSaved;
    part(row, "[data-refused]").textContent = isUnsaved ? this.words("remove-waits") : "";
    if (isUnsaved) return;
    const values = { initials: who.initials, count: who.waiting };
    this.ask(row, this.words(who.waiting ? "remove-saved" : "remove-sure", values), async () => {
      await removePerson(who.storeId, { evenUnsent: who.isSaved });
      await this.after("removed");
    });
  }

  /** @param {HTMLElement} row @param {string} question @param {() => unknown} sure */
  ask(row, question, sure) {
    part(row, "[data-question]").textContent = question;
    const place = part(row, "[data-ask]");
    place.hidden = false;
    this.sure = sure;
    part(place, '[data-act="no"]').focus();
  }

  /** @param {Listed} who */
  async forget(who) {
    await forgetPerson(who.storeId);
    await this.after("forgotten");
  }

  /** @param {string} word */
  async after(word) {
    await this.refresh();
    this.say(this.words(word));
    part(this.root, "h1").focus();
  }

  async sendLeft() {
    const { sent, held, error } = await sendLeft(this.left);
    const said = [sent && this.words("sent", { count: sent }), held && this.words("held", { count: held })];
    if (error) said.push(this.words(`not-sent-${UNREACHED.includes(error) ? error : "fault"}`));
    await this.refresh();
    this.say(said.filter(Boolean).join(" "));
  }

  async saveLeft() {
    await saveLeft(this.left);
    await this.refresh();
    this.say(this.words("file-made"));
  }

  /** @param {HTMLElement} row */
  async removeCourse(row) {
    await removeCourse(row.dataset.course ?? "");
    await this.after("course-removed");
  }

  /** @param {string} words */
  say(words) {
    const place = part(this.root, '[data-part="news"]');
    place.hidden = !words;
    part(place, "[data-news]").textContent = words;
  }
}

/** Show the page of the device in some markup of the site. @param {HTMLElement} root @returns {Promise<void>} */
export async function showDevice(root) {
  await new DevicePage(root).refresh();
}

/** Somebody else can sign in only when nobody is. @param {Event} event */
function signOutFirst(event) {
  const form = document.querySelector('form[action$="/account/sign-out/"]');
  if (!signedIn() || !(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  form.requestSubmit();
}

/** Return where somebody was when the device locked; only an address of this site. @returns {string} */
function nextAddress() {
  const asked = new URLSearchParams(location.search).get("next") ?? "";
  return /^\/(?![/\\])/u.test(asked) && new URL(asked, location.origin).origin === location.origin ? asked : "";
}

const root = document.querySelector("main [data-device-page]");
if (root instanceof HTMLElement) void showDevice(root);
