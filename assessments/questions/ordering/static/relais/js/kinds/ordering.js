// @ts-check
/**
 * The ordering question: a response is the list of all items in the learner's order.
 *
 * Without this module each line has a list of places. With it the lines themselves are moved, by arrows or by
 * hand, and the lists of places only keep what was said. Nothing is answered before the first move, or before
 * somebody says that the order is right as it stands.
 */

import { share } from "./credit.js";
import { followPointer } from "./drag.js";
import { put } from "./words.js";

/** @type {import("./kind.js").Kind} */
export const kind = {
  read(fields) {
    const given = new Map(Object.entries(fields).map(([item, [place]]) => [Number(place), item]));
    const order = Array.from({ length: Object.keys(fields).length }, (_, place) => given.get(place + 1));
    return order.length && order.every((item) => item !== undefined) ? order : null;
  },

  fields(response) {
    const isOrder = Array.isArray(response) && response.every((each) => typeof each === "string") && new Set(response).size === response.length;
    return isOrder ? Object.fromEntries(response.map((/** @type {string} */ item, /** @type {number} */ place) => [item, [String(place + 1)]])) : {};
  },

  /** Pairs in the right order less pairs in the wrong one, by pairs, never below 0: as every server does. */
  mark(structure, response) {
    const { items } = structure;
    if (!Array.isArray(response) || response.length !== items.length || !response.every((each) => typeof each === "string")) return 0;
    const [own, given] = [[...items].sort(), [...response].sort()];
    if (own.some((item, place) => item !== given[place])) return 0;
    const pairs = (items.length * (items.length - 1)) / 2;
    let right = 0;
    for (let first = 0; first < items.length; first += 1) {
      for (let second = first + 1; second < items.length; second += 1) {
        if (response.indexOf(items[first]) < response.indexOf(items[second])) right += 1;
      }
    }
    return share(2 * right - pairs, pairs, structure);
  },

  /** The items that stand in another place than their own. */
  told: ({ items }, response) => (Object.keys(kind.fields(response)).length ? items.filter((/** @type {string} */ item, /** @type {number} */ place) => response[place] !== item) : []),

  describe(root, response) {
    const words = new Map(linesIn(root).map((line) => [line.dataset.item, wordsOf(line)]));
    return Object.entries(kind.fields(response)).flatMap(([item, [place]]) => (words.has(item) ? [`${place}. ${words.get(item)}`] : []));
  },

  enhance(root) {
    for (const holder of root.querySelectorAll("[data-order]:not([data-live])")) new Lines(/** @type {HTMLElement} */ (holder), root);
  },
};

/** The lines of one question, in the order in which they stand in the page. */
class Lines {
  /** @param {HTMLElement} holder @param {HTMLElement} root */
  constructor(holder, root) {
    holder.dataset.live = "";
    this.list = /** @type {HTMLElement} */ (holder.querySelector("ol"));
    this.words = /** @type {HTMLElement} */ (holder.querySelector("[data-words-for-order]")).dataset;
    const hint = /** @type {HTMLElement} */ (holder.querySelector("[data-plain-hint]"));
    hint.textContent = this.words.how ?? "";
    for (const line of this.lines) this.dress(line);
    this.status = element("p", "vh");
    this.status.setAttribute("role", "status");
    this.keep = Object.assign(element("button", "btn alt s"), { type: "button", textContent: this.words.keep });
    this.keep.addEventListener("click", () => this.accept());
    this.open = element("div", "row");
    this.open.append(Object.assign(element("span", "state muted"), { textContent: this.words.open }), this.keep);
    this.list.after(this.open, this.status);
    root.addEventListener("restored", () => this.follow());
    this.follow();
  }

  get lines() {
    return linesIn(this.list);
  }

  /** Give a line its number, its arrows and a place to hold it. @param {HTMLElement} line */
  dress(line) {
    const label = /** @type {HTMLElement} */ (line.querySelector("label"));
    const said = /** @type {HTMLElement} */ (line.querySelector("[data-words]"));
    const grip = element("span", "order-grip");
    grip.setAttribute("aria-hidden", "true");
    const arrows = element("span", "order-arrows");
    arrows.append(this.arrow(line, -1), this.arrow(line, 1));
    label.hidden = true;
    line.append(grip, said, arrows);
    for (const handle of [grip, said]) this.makeMovable(line, handle);
  }

  /** @param {HTMLElement} line @param {-1 | 1} step */
  arrow(line, step) {
    const button = element("button", `order-arrow ${step < 0 ? "is-up" : "is-down"}`);
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", put((step < 0 ? this.words.up : this.words.down) ?? "", { line: wordsOf(line) }));
    button.addEventListener("click", () => this.move(line, step) && this.write(line));
    return button;
  }

  /** Move a line by one place. Its neighbour is what moves, so that the line keeps the focus. @param {HTMLElement} line @param {number} step */
  move(line, step) {
    const neighbour = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!neighbour) return false;
    step < 0 ? line.after(neighbour) : line.before(neighbour);
    return true;
  }

  /** By hand: the line changes places with the one whose middle it passes. @param {HTMLElement} line @param {HTMLElement} handle */
  makeMovable(line, handle) {
    let first = 0;
    followPointer(handle, {
      begin: (down) => {
        // What stands and takes no other answer is not moved either.
        if (selectOf(line).matches(":disabled")) return false;
        // A finger on the words scrolls the page.
        if (down.pointerType === "touch" && !handle.matches(".order-grip")) return false;
        first = this.lines.indexOf(line);
        line.classList.add("is-held");
        return true;
      },
      move: ({ clientY }) => {
        while (clientY < middleOf(line.previousElementSibling, -Infinity) && this.move(line, -1));
        while (clientY > middleOf(line.nextElementSibling, Infinity) && this.move(line, 1));
        this.number();
      },
      end: (at) => {
        line.classList.remove("is-held");
        const steps = this.lines.indexOf(line) - first;
        if (at && steps) return this.write(line);
        for (let left = Math.abs(steps); left; left -= 1) this.move(line, -Math.sign(steps));
        return this.number();
      },
    });
  }

  /** Say the order as it stands. @param {HTMLElement} line what was moved */
  write(line) {
    const { lines } = this;
    for (const [place, each] of lines.entries()) selectOf(each).value = String(place + 1);
    this.number();
    this.status.textContent = put(this.words.moved ?? "", { line: wordsOf(line), place: lines.indexOf(line) + 1, total: lines.length });
    selectOf(line).dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Take the order that is shown. */
  accept() {
    const [line] = this.lines;
    this.write(line);
    this.status.textContent = this.words.kept ?? "";
    /** @type {HTMLElement} */ (line.querySelector(".is-down")).focus();
  }

  /** Show the order that the lists of places say. */
  follow() {
    const { lines } = this;
    const places = lines.map((line) => Number(selectOf(line).value));
    const isWhole = new Set(places).size === lines.length && !places.includes(0);
    if (places.some(Boolean)) {
      const order = [...lines].sort((a, b) => (places[lines.indexOf(a)] || Infinity) - (places[lines.indexOf(b)] || Infinity) || lines.indexOf(a) - lines.indexOf(b));
      if (order.some((line, place) => line !== lines[place])) this.list.append(...order);
    }
    // Some places are no order: chosen on a slow line before this module was here.
    if (!isWhole) for (const line of lines) selectOf(line).value = "";
    this.number();
  }

  number() {
    const { lines } = this;
    for (const [place, line] of lines.entries()) {
      /** @type {HTMLElement} */ (line.querySelector(".order-grip")).textContent = String(place + 1);
      // Not `disabled`: a button that goes away under the finger takes the focus with it.
      line.querySelector(".is-up")?.setAttribute("aria-disabled", String(place === 0));
      line.querySelector(".is-down")?.setAttribute("aria-disabled", String(place === lines.length - 1));
    }
    const isAnswered = lines.every((line) => selectOf(line).value);
    this.open.hidden = isAnswered;
    this.list.classList.toggle("is-answered", isAnswered);
  }
}

/** @param {ParentNode} root @returns {HTMLElement[]} */
function linesIn(root) {
  return [...root.querySelectorAll("[data-item]")].map((line) => /** @type {HTMLElement} */ (line));
}

/** @param {Element} line @returns {HTMLSelectElement} */
function selectOf(line) {
  return /** @type {HTMLSelectElement} */ (line.querySelector("select"));
}

/** @param {Element} line */
function wordsOf(line) {
  return line.querySelector("[data-words]")?.textContent?.trim() ?? "";
}

/** @param {string} tag @param {string} look */
function element(tag, look) {
  return Object.assign(document.createElement(tag), { className: look });
}

/** @param {Element | null} line @param {number} otherwise */
function middleOf(line, otherwise) {
  if (!line) return otherwise;
  const { top, height } = line.getBoundingClientRect();
  return top + height / 2;
}
