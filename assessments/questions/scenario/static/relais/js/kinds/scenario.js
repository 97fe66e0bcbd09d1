// @ts-check
/**
 * The scenario: a response is {step: choice} of the steps that were decided, as on every server.
 *
 * All steps are in the page; those that the learner has not come to are hidden. Without this module each
 * decision is a form that is sent and the next step comes with the reply. With it, the next step is shown
 * at once. What was decided stands: an earlier step shows words, and a hidden input holds the choice.
 */

import { share } from "./credit.js";

/** @type {import("./kind.js").Kind} */
export const kind = {
  read(fields) {
    const decided = Object.entries(fields).filter(([step, values]) => step && values.length);
    return decided.length ? Object.fromEntries(decided.map(([step, values]) => [step, values[0]])) : null;
  },

  fields: (response) => Object.fromEntries(said(response).map(([step, choice]) => [step, [choice]])),

  /** The points of the path by those of the best path, never below 0, rounded down. */
  mark(structure, response) {
    const points = pathOf(structure, response).reduce((sum, choice) => sum + choice.points, 0);
    return share(points, bestTotal(structure), structure);
  },

  describe: (root, response) => walk(root, Object.fromEntries(said(response))).taken.map(({ input }) => wordsOf(input)),

  /** The choices along the path: one that is not on it has no consequence. */
  told: (structure, response) => pathOf(structure, response).map(({ id }) => id),

  /** Tell whether nothing is left to decide. */
  isComplete: (root, response) => walk(root, Object.fromEntries(said(response))).open === null,

  /** Tell whether an answer goes on from the one before: every step that was decided is still so. */
  mayFollow(before, after) {
    const now = Object.fromEntries(said(after));
    return said(before).every(([step, choice]) => now[step] === choice);
  },

  enhance(root) {
    const scenario = /** @type {HTMLElement | null} */ (root.matches("[data-scenario]") ? root : root.querySelector("[data-scenario]"));
    if (!scenario) return;
    if (!known.has(scenario)) bind(scenario);
    draw(scenario);
  },
};

/** @typedef {{id: string, points: number, next: string | null}} Choice */

/** The scenarios of this page that listen already. @type {WeakSet<HTMLElement>} */
const known = new WeakSet();

/** Return the pairs of step and choice of a response. @param {any} response @returns {[string, string][]} */
function said(response) {
  if (typeof response !== "object" || response === null || Array.isArray(response)) return [];
  return /** @type {[string, string][]} */ (Object.entries(response).filter(([, choice]) => typeof choice === "string"));
}

/** @param {any} structure @returns {Map<string, Choice[]>} */
function stepsOf(structure) {
  return new Map(structure.steps.map((/** @type {any} */ step) => [step.id, step.choices]));
}

/** Return the choices that were made, from the start on. @param {any} structure @param {any} response */
function pathOf(structure, response) {
  const decided = new Map(said(response));
  const steps = stepsOf(structure);
  /** @type {Map<string, Choice>} */
  const taken = new Map();
  let place = structure.start;
  while (steps.has(place) && !taken.has(place)) {
    const chosen = steps.get(place)?.find(({ id }) => id === decided.get(place));
    if (!chosen) break;
    taken.set(place, chosen);
    place = chosen.next;
  }
  return [...taken.values()];
}

/** Return the most points that a way from the start to an end earns; 0 where the steps go in a circle. @param {any} structure */
function bestTotal(structure) {
  const steps = stepsOf(structure);
  /** @type {Map<string | null, number>} */
  const found = new Map();
  // Again and again the steps whose next ones are all known; where none is left to know, the rest is a circle.
  for (let size = -1; size < found.size; ) {
    size = found.size;
    for (const [name, choices] of steps) {
      if (found.has(name) || choices.some(({ next }) => next !== null && steps.has(next) && !found.has(next))) continue;
      const ways = choices.map(({ points, next }) => points + (found.get(next) ?? 0));
      found.set(name, ways.length ? Math.max(...ways) : 0);
    }
  }
  return found.size === steps.size ? (found.get(structure.start) ?? 0) : 0;
}

/** @param {ParentNode} root @returns {{element: HTMLElement, radios: HTMLInputElement[], held: HTMLInputElement | null}[]} */
function stepsIn(root) {
  return [...root.querySelectorAll("[data-step]")].map((element) => ({
    element: /** @type {HTMLElement} */ (element),
    radios: [...element.querySelectorAll("input")].filter(({ type }) => type === "radio"),
    held: element.querySelector("input[type=hidden]"),
  }));
}

/** Follow what was decided through the page: the choices taken, and the step that is open, null at the end. @param {ParentNode} root @param {Record<string, string>} decided */
function walk(root, decided) {
  const steps = new Map(stepsIn(root).map((step) => [step.element.dataset.step ?? "", step]));
  const scenario = /** @type {HTMLElement | null} */ (root instanceof HTMLElement && root.matches("[data-scenario]") ? root : root.querySelector("[data-scenario]"));
  /** @type {{step: HTMLElement, input: HTMLInputElement}[]} */
  const taken = [];
  const seen = new Set();
  for (let place = scenario?.dataset.start ?? ""; ; ) {
    const step = steps.get(place);
    if (!step || seen.has(place)) return { taken, open: null, last: null };
    seen.add(place);
    const input = step.radios.find(({ value }) => value === decided[place]);
    if (!input) return { taken, open: step.radios.length ? step.element : null, last: step.element };
    taken.push({ step: step.element, input });
    place = input.dataset.next ?? "";
  }
}

/** @param {HTMLInputElement} input */
function wordsOf(input) {
  return input.closest("label")?.textContent?.trim() ?? "";
}

/** Show what was decided and the step that is open, and nothing else. @param {HTMLElement} scenario */
function draw(scenario) {
  const steps = stepsIn(scenario);
  const decided = Object.fromEntries(steps.map(({ element, held }) => [element.dataset.step, held?.value ?? ""]));
  const { taken, open, last } = walk(scenario, decided);
  for (const { element, held } of steps) {
    const input = taken.find(({ step }) => step === element)?.input;
    element.hidden = !input && element !== last;
    if (held) held.value = input?.value ?? "";
    const [words, line] = [element.querySelector("[data-words]"), element.querySelector("[data-decided]")];
    if (words && input) words.textContent = wordsOf(input);
    if (line) /** @type {HTMLElement} */ (line).hidden = !input;
    const choices = /** @type {HTMLFieldSetElement | null} */ (element.querySelector("[data-open]"));
    if (!choices) continue;
    choices.hidden = Boolean(input);
    choices.disabled = element !== open;
  }
  part(scenario, "decide").hidden = !open;
  part(scenario, "over").hidden = Boolean(open);
  part(scenario, "choose-first").hidden = true;
  /** @type {HTMLButtonElement} */ (part(scenario, "decide").querySelector("button")).type = open ? "submit" : "button";
}

/** @param {HTMLElement} scenario */
function bind(scenario) {
  known.add(scenario);
  // What is chosen is no answer before it is decided: with the arrow keys one passes over choices.
  for (const { element, radios } of stepsIn(scenario)) {
    for (const radio of radios) {
      radio.name = `draft:${element.dataset.step}`;
      radio.checked = false;
    }
  }
  scenario.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "radio") return;
    event.stopPropagation();
    part(scenario, "choose-first").hidden = true;
  });
  part(scenario, "decide").addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("button")) return;
    event.preventDefault();
    decide(scenario);
  });
  const holder = scenario.closest("form") ?? scenario;
  holder.addEventListener("restored", () => draw(scenario));
  // Who chose and then goes on has decided, and stays for the next step: as it is without this module.
  holder.addEventListener(
    "submit",
    (event) => {
      if (!scenario.querySelector("[data-open]:not(:disabled) input:checked")) return;
      decide(scenario);
      if (part(scenario, "decide").hidden) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}

/** Make what is chosen stand, and bring the reader to the next step. @param {HTMLElement} scenario */
function decide(scenario) {
  const open = /** @type {HTMLElement} */ (scenario.querySelector("[data-open]:not(:disabled)"));
  const chosen = /** @type {HTMLInputElement | null} */ (open.querySelector("input:checked"));
  if (!chosen) {
    part(scenario, "choose-first").hidden = false;
    open.querySelector("input")?.focus();
    return;
  }
  const step = /** @type {HTMLElement} */ (open.closest("[data-step]"));
  const held = /** @type {HTMLInputElement} */ (step.querySelector("input[type=hidden]"));
  held.value = chosen.value;
  chosen.checked = false;
  draw(scenario);
  held.dispatchEvent(new Event("change", { bubbles: true }));
  const next = [...scenario.querySelectorAll("[data-step]:not([hidden])")].pop();
  /** @type {HTMLElement} */ (next === step ? part(scenario, "over") : next).focus();
}

/** @param {HTMLElement} scenario @param {string} name @returns {HTMLElement} */
function part(scenario, name) {
  return /** @type {HTMLElement} */ (scenario.querySelector(`[data-${name}]`));
}
