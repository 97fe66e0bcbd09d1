// @ts-check
/** One lesson: to read, to leave and come back to, to finish. */

import { lessonUnit } from "../device/ids.js";
import { watchLeaving } from "../leaving/leaving.js";
import { followReader, openOneAnswer } from "./reading.js";
import { nodesOf, tongueOf } from "./stage.js";

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function lesson(context, given) {
  const { templates, addresses, learner, language } = context;
  const found = learner.courseAt(given.course);
  const place = found?.lessons.findIndex((row) => row.entry.slug === given.lesson) ?? -1;
  const row = found?.lessons[place] ?? (found && (await byOtherSlug(context, found, given.lesson)));
  if (!found || !row) return null;
  const { file } = found;
  const text = await learner.library.lesson(file.course, row.entry);
  const next = found.lessons[row.number]?.entry ?? null;
  const lede = Object.assign(document.createElement("p"), { className: "lede", textContent: text.lede });
  const body = [...nodesOf(text.notice), lede, ...nodesOf(text.body)];
  const resume = row.place ? partAt(body, text.parts, row.place) : null;
  const tongue = tongueOf(text.lang, language);
  const courseUrl = addresses.course(file.slug);
  const values = {
    leaves: text.is_sensitive || text.has_path,
    refuge_url: addresses.refuge,
    warns: text.is_sensitive && !text.notice,
    course_url: courseUrl,
    course: file.title,
    number: row.number,
    count: found.total,
    minutes: text.minutes,
    is_completed: row.state === "done",
    is_foreign: text.lang !== language,
    title: text.title,
    resume_url: resume ? `#${row.place}` : "",
    resume: resume?.heading,
    body,
    next: next?.title ?? "",
    next_url: next ? addresses.lesson(file.slug, next.slug) : courseUrl,
    has_parts: text.parts.length > 0,
    parts: text.parts.map((/** @type {any} */ each) => templates.part("lesson-part", { url: `#${each.id}`, heading: each.heading })),
  };
  return {
    title: text.title,
    node: templates.view("lesson", values, tongue),
    entry: "courses",
    address: addresses.lesson(file.slug, row.entry.slug),
    // The pack names a lesson's address in its own languages only; the course page leads on from there.
    elsewhere: Object.fromEntries(Object.entries(file.slugs ?? {}).map(([code, slug]) => [code, `/${code}/courses/${slug}/`])),
    bind: (root, signal) => {
      openOneAnswer(root);
      watchLeaving(root, signal);
      if (row.isCounted) record(context, found.known.enrolment, row, root, signal, next !== null);
    },
  };
}

/** Find a lesson by its address in another language of the course. @param {import("./stage.js").Context} context @param {any} found @param {string} slug */
async function byOtherSlug({ learner }, found, slug) {
  const uuid = await learner.library.lessonBySlug(found.file, slug);
  return found.lessons.find((/** @type {any} */ row) => row.entry.uuid === uuid) ?? null;
}

/**
 * Say that the lesson is begun, where it is read, and that it is read to its end.
 * @param {import("./stage.js").Context} context
 * @param {string} enrolment
 * @param {import("./course-state.js").LessonRow} row
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {boolean} hasNext
 */
function record({ learner, templates, go }, enrolment, row, root, signal, hasNext) {
  const visit = new Visit(learner, enrolment, row);
  // A beginning or a place that is lost is no answer: nobody is told, the next one says it again.
  visit.begin().catch(() => {});
  const links = [...root.querySelectorAll(".side a")];
  const body = /** @type {HTMLElement} */ (root.querySelector("#lesson-body"));
  if (row.state !== "done") followReader(body, (place) => visit.reach(place).catch(() => {}), (place) => mark(links, place), signal);
  const status = /** @type {HTMLElement} */ (root.querySelector("[data-status]"));
  root.querySelector("[data-do=complete]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    try {
      await visit.complete();
    } catch {
      status.replaceChildren(templates.part("lesson-not-saved"));
      return;
    }
    go(link.pathname, { notice: hasNext ? null : templates.part("course-read") });
  });
}

/** What is said of one lesson by one learner, in order. */
export class Visit {
  /** @param {any} learner @param {string} enrolment @param {import("./course-state.js").LessonRow} row */
  constructor(learner, enrolment, row) {
    this.learner = learner;
    this.enrolment = enrolment;
    this.lesson = row.entry.uuid;
    this.isBegun = row.isStarted;
    this.isDone = row.state === "done";
    this.ordinal = row.ordinal;
    /** @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  begin() {
    return this.say([]);
  }

  /** @param {string} place */
  reach(place) {
    return this.say(["progressed"], () => ({ place, ordinal: (this.ordinal += 1) }));
  }

  async complete() {
    if (!this.isDone) await this.say(["completed"]);
    this.isDone = true;
  }

  /** One after the other: the beginning is said once, and first. @param {string[]} verbs @param {() => Record<string, any>} more */
  say(verbs, more = () => ({})) {
    const done = this.last.then(async () => {
      const drafts = await Promise.all([...(this.isBegun ? [] : ["initialized"]), ...verbs].map((verb) => this.draft(verb, verb === "initialized" ? {} : more())));
      if (drafts.length) await this.learner.say(drafts);
      this.isBegun = true;
    });
    this.last = done.catch(() => {});
    return done;
  }

  /** @param {string} verb @param {Record<string, any>} more */
  async draft(verb, more) {
    return {
      verb,
      activity: ["lesson", this.lesson],
      unit: { kind: "lesson", id: await lessonUnit(this.enrolment, this.lesson) },
      facts: { enrolment: this.enrolment, lesson: this.lesson, ...more },
      registration: this.enrolment,
    };
  }
}

/** Return the part in which a block stands, unless it is the first or not here. @param {Node[]} nodes @param {{id: string, heading: string}[]} parts @param {string} block */
function partAt(nodes, parts, block) {
  const holder = document.createElement("div");
  holder.append(...nodes.map((each) => each.cloneNode(true)));
  const ids = [...holder.querySelectorAll("[id]")].map((each) => each.id);
  const place = ids.indexOf(block);
  const before = new Set(ids.slice(0, place + 1));
  const index = parts.filter((part) => before.has(part.id)).length - 1;
  return place >= 0 && index > 0 ? parts[index] : null;
}

/** @param {Element[]} links @param {string} place */
function mark(links, place) {
  for (const link of links) {
    const isHere = link.getAttribute("href") === `#${place}`;
    isHere ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current");
    link.parentElement?.classList.toggle("here", isHere);
  }
}
