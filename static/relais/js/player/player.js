// @ts-check
/**
 * The player: the site's own addresses without the site, from what is on this device.
 *
 * The page is the same for everybody (sync/templates/sync/shell.html); the service worker gives it at any
 * address when no network answers. Who is here, and what they may see, is known only from the device.
 */

import { absent, broken, nobody } from "./absent.js";
import { Connection } from "./connection.js";
import { course } from "./course.js";
import { followUp } from "./follow-up.js";
import { courses, home } from "./home.js";
import { jobAid } from "./job-aid.js";
import { openLearner } from "./learner.js";
import { lesson } from "./lesson.js";
import { Library } from "./library.js";
import { path } from "./paths.js";
import { attempt, question } from "./question.js";
import { result } from "./result.js";
import { review } from "./review.js";
import { routeOf } from "./routes.js";
import { Stage } from "./stage.js";
import { start } from "./start.js";
import { Templates } from "./templates.js";

export const VIEWS = { absent, attempt, broken, course, courses, "follow-up": followUp, home, lesson, nobody, path, question, result, review, sheet: jobAid, start };

const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-stage]"));
if (root) void play(root);

/** @param {HTMLElement} stageRoot */
async function play(stageRoot) {
  const language = document.documentElement.lang;
  const templates = new Templates(document, language);
  if (routeOf(location.pathname).name === "device") return openDevicePage(templates, stageRoot);
  const [sync, downloads, people, database] = await Promise.all([
    import("../device/sync.js"),
    import("../device/downloads.js"),
    import("../device/people.js"),
    import("../device/database.js"),
  ]);
  const icons = /** @type {HTMLElement} */ (document.querySelector("#relais")).dataset.icons ?? "";
  const library = new Library(downloads, language, icons);
  const remembered = new Map();
  const connection = new Connection({ onChange: (isOn) => tellOfConnection(isOn) });
  const base = {
    templates,
    language,
    library,
    people: people.people,
    openLearner: () => openLearner({ device: sync.device, library, remembered }),
    clock: async (/** @type {any} */ person) => clockFrom((await database.read(person.db, "kept", "clock"))?.offset ?? 0),
    isConnected: () => connection.isOn,
  };
  const stage = new Stage(stageRoot, base, VIEWS);
  await stage.start();
  await connection.start();
}

/**
 * Return the centre's time: where this page began by the device's clock, going on by one that nobody sets.
 * @param {number} offset
 */
function clockFrom(offset) {
  const began = Date.now() + offset - performance.now();
  return () => began + performance.now();
}

/** The page on which people open and lock is complete before anything looks for who is here. @param {Templates} templates @param {HTMLElement} stageRoot */
async function openDevicePage(templates, stageRoot) {
  stageRoot.replaceChildren(templates.whole("device"));
  document.title = document.title.replace(/^.*(?= - )/u, () => stageRoot.querySelector("h1")?.textContent ?? "");
  await import("../device/device-page.js");
}

/** @param {boolean} isOn */
function tellOfConnection(isOn) {
  document.querySelector("[data-connected]")?.toggleAttribute("hidden", !isOn);
}
