// @ts-check
/**
 * The sync line at the top of every page: where what one does stands now. Its words are templates of the page.
 *
 * What it shows is always right; what it says aloud is only a change that matters: a count that grows
 * is seen, not heard.
 */

import { markKept } from "./sentinel.js";
import { fill, moment } from "./words.js";

const OLD_MS = 3 * 24 * 3600 * 1000;
const CALM_MS = 1200;
const HEARD_MS = 6000;
const LOST = "relais-device-lost";

/** What stands between a device and the centre, with what is safe and what to do about it. */
const PROBLEMS = ["signed-out", "not-you", "no-room", "refused", "fault"];

/** @typedef {{count: number, since: string | null, parked: number, error?: string | null}} Facts */

export class Line {
  /** @param {Element | null} root */
  constructor(root) {
    this.root = root instanceof HTMLElement ? root : null;
    this.kind = "";
    /** @type {string | null} */
    this.error = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.calm = undefined;
    this.lost = sessionStorage.getItem(LOST);
  }

  /** @param {Facts} facts */
  show(facts) {
    this.error = facts.error ?? null;
    markKept(facts.count);
    this.say(this.kindOf(facts), facts);
  }

  /** Say that it is sending, once that takes long enough to be seen. @param {number} count */
  sending(count) {
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.say("sending", { count, since: null, parked: 0 }), CALM_MS);
  }

  /** The browser removed what was here. @param {number} count what waited then, as far as is known */
  tellLoss(count) {
    this.lost = String(count);
    sessionStorage.setItem(LOST, this.lost);
    this.say("lost", { count, since: null, parked: 0 });
  }

  /** Nobody is here: as the page came. */
  rest() {
    clearTimeout(this.calm);
    this.say("resting", { count: 0, since: null, parked: 0 });
  }

  /** @param {() => void} fn */
  onSendNow(fn) {
    this.part("now")?.addEventListener("click", fn);
  }

  /** @param {Facts} facts */
  kindOf({ count, since, parked, error }) {
    if (error && PROBLEMS.includes(error)) return error;
    if (count && since && Date.now() - Date.parse(since) > OLD_MS) return "old";
    if (count) return error === "offline" ? "offline" : "waiting";
    if (this.lost !== null) return "lost";
    return parked ? "parked" : "sent";
  }

  /** @param {string} kind @param {Facts} facts */
  say(kind, { count, since, parked }) {
    clearTimeout(this.calm);
    if (!this.root) return;
    // Where everything had been sent, a loss is no loss of work.
    const name = kind === "lost" && !Number(this.lost) ? "lost-nothing" : kind;
    const template = this.root.querySelector(`template[data-say="${name}"]`);
    if (!(template instanceof HTMLTemplateElement)) return;
    const counts = { count: kind === "parked" ? parked : kind === "lost" ? Number(this.lost) : count, since: since ? moment(since) : "" };
    const words = fill(template.content.textContent ?? "", counts);
    const shown = this.part("words");
    if (shown && shown.textContent !== words) shown.textContent = words;
    this.draw(["sent", "resting"].includes(kind));
    this.root.dataset.state = kind;
    this.part("now")?.toggleAttribute("hidden", !count || kind === "sending" || kind === "waiting" || kind === "signed-out");
    this.part("more")?.toggleAttribute("hidden", ["resting", "sent", "lost"].includes(kind));
    this.part("sign-in")?.toggleAttribute("hidden", kind !== "signed-out");
    this.speak(kind, words);
  }

  /** Say a change aloud: not what passes by itself, and not the first words of a page. @param {string} kind @param {string} words */
  speak(kind, words) {
    const before = this.kind;
    if (["waiting", "sending"].includes(kind) || kind === before) return;
    this.kind = kind;
    const voice = this.part("voice");
    if (!voice || !before) return;
    voice.textContent = words;
    setTimeout(() => voice.textContent === words && voice.replaceChildren(), HEARD_MS);
  }

  /** A whole line, or one that is broken between here and there. @param {boolean} isWhole */
  draw(isWhole) {
    const [first, ...others] = this.root?.querySelectorAll("circle") ?? [];
    const path = this.root?.querySelector("path");
    path?.classList.toggle("gap", !isWhole);
    path?.setAttribute("d", isWhole ? "M6 6h32" : "M11 6h7M27 6h7");
    first?.classList.toggle("to", !isWhole);
    for (const each of others) each.classList.toggle("dot", isWhole);
  }

  /** @param {string} name @returns {Element | null} */
  part(name) {
    return this.root?.querySelector(`[data-sync-${name}]`) ?? null;
  }
}
