// @ts-check
/** An author's preview: the player's own views, shown from a pack's files that stand in the page. Nobody learns here. */

import { course } from "./course.js";
import { lesson } from "./lesson.js";
import { addressesIn } from "./routes.js";
import { Templates } from "./templates.js";

const stage = /** @type {HTMLElement} */ (document.querySelector("[data-stage]"));
const data = JSON.parse(document.querySelector("#preview-data")?.textContent ?? "{}");
const icons = /** @type {HTMLElement} */ (document.querySelector("#relais")).dataset.icons ?? "";
const language = document.documentElement.lang;

/** The course as somebody meets it who has it on the device and is not enrolled. */
function courseInHand() {
  const file = data.course;
  const entries = file.modules.flatMap((/** @type {any} */ module) => module.lessons);
  // A lesson that was never saved is in no module yet: it comes last.
  if (data.lesson && !entries.some((/** @type {any} */ each) => each.uuid === data.lesson.uuid)) entries.push(data.lesson);
  const lessons = entries.map((/** @type {any} */ entry, /** @type {number} */ index) => ({
    entry,
    number: index + 1,
    state: "ahead",
    place: "",
    isStarted: false,
    isCounted: false,
    ordinal: 0,
  }));
  const minutes = entries.reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + each.minutes, 0);
  return { file, lessons, quizzes: [], total: lessons.length, done: 0, minutes, minutesLeft: minutes, here: null, isBegun: false, known: {} };
}

const found = courseInHand();
// The icons have no address in a pack: a device puts its own there.
const withIcons = (/** @type {string} */ html) => html.replaceAll("relais:icons", icons);
const text = data.lesson && { ...data.lesson, notice: withIcons(data.lesson.notice), body: withIcons(data.lesson.body) };
const context = /** @type {any} */ ({
  templates: new Templates(document, language),
  addresses: addressesIn(language),
  language,
  learner: { courseAt: () => found, library: { lesson: async () => text } },
});
const shown = await (data.lesson
  ? lesson(context, { course: data.course.slug, lesson: data.lesson.slug })
  : course(context, { course: data.course.slug }));
if (shown && "node" in shown) {
  stage.replaceChildren(shown.node);
  shown.bind?.(stage, new AbortController().signal);
}
