// @ts-check
/**
 * The words into gaps question: a response is {gap: word} of the gaps that were filled.
 *
 * Without this module each gap is a list of words. With it there is a bank of words: press a word and then a
 * gap, or a gap and then a word, or drag. The lists keep what was said.
 */

import { share } from "./credit.js";
import { followPointer } from "./drag.js";
import { chosenIn, fieldsOf, givenIn } from "./selects.js";
import { put } from "./words.js";

const NOTHING = "…";

/** @type {import("./kind.js").Kind} */
export const kind = {
  read: chosenIn,
  fields: fieldsOf,

  /** Gaps with their right word by gaps: as every server does. */
  mark(structure, response) {
    const given = givenIn(response);
    const right = structure.gaps.filter((/** @type {any} */ gap) => given.get(gap.id) === gap.right);
    return share(right.length, structure.gaps.length, structure);
  },

  describe(root, response) {
    const given = givenIn(response);
    const nodes = [...(root.querySelector("[data-gap-text]")?.childNodes ?? [])];
    const gaps = nodes.filter((node) => node instanceof HTMLSelectElement);
    if (!gaps.some((gap) => given.has(gapOf(gap)))) return [];
    const said = nodes.map((node) => {
      if (node instanceof HTMLSelectElement) return `[${wordIn(node, given.get(gapOf(node)) ?? "") || NOTHING}]`;
      return node instanceof HTMLElement ? "" : node.textContent;
    });
    return said.join("").split(/\r\n|\n|\r/u).map((line) => line.trim()).filter(Boolean);
  },

  enhance(root) {
    for (const holder of root.querySelectorAll("[data-gaps]:not([data-live])")) {
      // An author may look at a text that has no gap yet.
      if (holder.querySelector("[data-gap-text] select")) new Gaps(/** @type {HTMLElement} */ (holder), root);
    }
  },
};

/** @typedef {{select: HTMLSelectElement, slot: HTMLButtonElement, name: string}} Gap */

/** One text with its gaps, and its bank of words. */
class Gaps {
  /** @param {HTMLElement} holder @param {HTMLElement} root */
  constructor(holder, root) {
    holder.dataset.live = "";
    this.isReusable = "reusable" in holder.dataset;
    this.text = /** @type {HTMLElement} */ (holder.querySelector("[data-gap-text]"));
    const words = /** @type {HTMLElement} */ (holder.querySelector("[data-words-for-gaps]"));
    this.words = words.dataset;
    /** @type {Gap | null} */
    this.gap = null;
    this.word = "";
    /** @type {Gap[]} */
    this.gaps = [...this.text.querySelectorAll("select")].map((select) => this.slotFor(select));
    /** @type {Map<string, HTMLButtonElement>} */
    this.bank = new Map([...this.gaps[0].select.options].filter(({ value }) => value).map((option) => [option.value, this.button(option)]));
    this.status = Object.assign(document.createElement("p"), { className: "vh" });
    this.status.setAttribute("role", "status");
    const hint = Object.assign(document.createElement("span"), { className: "hint", textContent: this.words.how });
    const bank = Object.assign(document.createElement("div"), { className: "gap-bank", lang: this.text.lang });
    bank.setAttribute("role", "group");
    bank.setAttribute("aria-label", this.words.bank ?? "");
    bank.append(...this.bank.values());
    words.after(hint, bank, this.status);
    root.addEventListener("restored", () => this.show());
    holder.addEventListener("keydown", (key) => key.key === "Escape" && this.hold(null, ""));
    this.show();
  }

  /** @param {HTMLSelectElement} select @returns {Gap} */
  slotFor(select) {
    const slot = buttonOf("gap-slot");
    const gap = { select, slot, name: select.getAttribute("aria-label") ?? "" };
    slot.addEventListener("click", () => this.pressGap(gap));
    select.hidden = true;
    select.after(slot);
    this.makeMovable(slot, () => select.value);
    return gap;
  }

  /** @param {HTMLOptionElement} option */
  button(option) {
    const button = buttonOf("gap-word");
    button.dir = "auto";
    button.textContent = option.text;
    button.addEventListener("click", () => this.pressWord(option.value));
    this.makeMovable(button, () => option.value);
    return button;
  }

  /** @param {string} word */
  pressWord(word) {
    if (this.gap) this.fill(this.gap, word);
    else if (this.word === word) this.hold(null, "");
    else this.hold(null, word, put(this.words.held ?? "", { word: this.say(word) }));
  }

  /** @param {Gap} gap */
  pressGap(gap) {
    if (this.word) this.fill(gap, this.word);
    else if (this.gap === gap) this.hold(null, "");
    else {
      if (gap.select.value) this.fill(gap, "");
      this.hold(gap, "", put(this.words.chosen ?? "", { gap: gap.name }));
    }
  }

  /** Remember what was pressed first. @param {Gap | null} gap @param {string} word */
  hold(gap, word, said = "") {
    this.gap = gap;
    this.word = word;
    this.status.textContent = said;
    this.show();
  }

  /** Put a word into a gap, or take it out. @param {Gap} gap @param {string} word "" for none */
  fill(gap, word) {
    if (word && !this.isReusable) for (const other of this.gaps) if (other.select.value === word) other.select.value = "";
    gap.select.value = word;
    const said = word ? put(this.words.filled ?? "", { gap: gap.name, word: this.say(word) }) : put(this.words.removed ?? "", { gap: gap.name });
    this.hold(null, "", said);
    gap.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Drag a word into a gap, or out of one back to the bank. @param {HTMLElement} handle @param {() => string} wordOf */
  makeMovable(handle, wordOf) {
    let word = "";
    /** @type {HTMLElement | null} */
    let ghost = null;
    followPointer(handle, {
      begin: () => {
        word = wordOf();
        // What stands and takes no other answer is not moved either.
        if (!word || this.gaps[0].select.matches(":disabled")) return false;
        this.hold(null, "");
        ghost = Object.assign(document.createElement("span"), { className: "gap-word is-ghost", textContent: this.say(word) });
        ghost.setAttribute("aria-hidden", "true");
        this.text.append(ghost);
        return true;
      },
      move: ({ clientX, clientY }) => {
        // Styles set by script, not by markup: the policy of the site allows them. Above the finger, to be seen.
        if (ghost) Object.assign(ghost.style, { left: `${clientX}px`, top: `${clientY}px`, transform: "translate(-50%, -120%)" });
        const over = this.gapAt(clientX, clientY);
        for (const { slot } of this.gaps) slot.classList.toggle("is-over", slot === over?.slot);
      },
      end: (at) => {
        ghost?.remove();
        for (const { slot } of this.gaps) slot.classList.remove("is-over");
        if (!at) return;
        const to = this.gapAt(at.clientX, at.clientY);
        const from = this.gaps.find(({ slot }) => slot === handle);
        if (to && to !== from) {
          // A word that may be used again is moved out of its gap all the same: it was dragged from there.
          if (from) from.select.value = "";
          this.fill(to, word);
        } else if (from && !to && this.text.ownerDocument.elementFromPoint(at.clientX, at.clientY)?.closest(".gap-bank")) this.fill(from, "");
      },
    });
  }

  /** @param {number} x @param {number} y */
  gapAt(x, y) {
    const found = this.text.ownerDocument.elementFromPoint(x, y)?.closest(".gap-slot");
    return this.gaps.find(({ slot }) => slot === found) ?? null;
  }

  /** Return the words of a word. @param {string} word */
  say(word) {
    return wordIn(this.gaps[0].select, word);
  }

  /** Show what the lists say, and what was pressed first. */
  show() {
    const used = new Set(this.gaps.map(({ select }) => select.value));
    for (const gap of this.gaps) {
      const word = this.say(gap.select.value);
      gap.slot.textContent = word || NOTHING;
      gap.slot.classList.toggle("is-filled", Boolean(word));
      gap.slot.setAttribute("aria-label", put((word ? this.words.filled : this.words.empty) ?? "", { gap: gap.name, word }));
      gap.slot.setAttribute("aria-pressed", String(this.gap === gap));
    }
    for (const [word, button] of this.bank) {
      button.setAttribute("aria-pressed", String(this.word === word));
      button.classList.toggle("is-used", !this.isReusable && used.has(word));
    }
    this.text.classList.toggle("is-waiting", Boolean(this.word));
  }
}

/** @param {HTMLSelectElement} select */
function gapOf(select) {
  return select.name.split(":").slice(1).join(":");
}

/** Return the words of an option, "" for the empty one. @param {HTMLSelectElement} select @param {string} word */
function wordIn(select, word) {
  return (word && [...select.options].find(({ value }) => value === word)?.text.trim()) || "";
}

/** @param {string} look @returns {HTMLButtonElement} */
function buttonOf(look) {
  return Object.assign(document.createElement("button"), { type: "button", className: look });
}
