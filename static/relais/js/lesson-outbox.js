// @ts-check
/** A reader's way through a lesson by the outbox of this device: begun, read so far, read to its end. */

import { lessonUnit } from "./device/ids.js";
import { unitOf, verbOf } from "./device/statements.js";
import { device } from "./device/sync.js";
import { within } from "./device/words.js";

const OPENING_MS = 4000;
const SENDING_MS = 3000;

export class LessonOutbox {
  /** @param {import("./device/sync.js").Device} device @param {{enrolment: string, lesson: string}} about @param {string} unit @param {boolean} isBegun */
  constructor(device, about, unit, isBegun) {
    this.device = device;
    this.about = about;
    this.unit = unit;
    this.isBegun = isBegun;
  }

  /** Open the outbox for the lesson of a form; null where the page has to do without. @param {HTMLFormElement} form */
  static async open(form) {
    const { enrolment = "", lesson = "", actor = "", isBegun } = form.dataset;
    const here = await within(OPENING_MS, device());
    if (!here || !enrolment || here.person.actor !== actor) return null;
    const unit = await lessonUnit(enrolment, lesson);
    const isKnown = isBegun !== undefined || (await here.outbox.statements()).some((said) => unitOf(said).id === unit);
    return new LessonOutbox(here, { enrolment, lesson }, unit, isKnown);
  }

  /** @param {string} place */
  place(place) {
    return this.say("progressed", { place, ordinal: this.lastOrdinal() + 1 });
  }

  complete() {
    return this.say("completed", {});
  }

  /** Send what waits; null where no reply came in time. */
  async settle() {
    return within(SENDING_MS, this.device.send({ wait: true }));
  }

  /** Tell whether this lesson was said to be read to its end, here. */
  async isCompleted() {
    return (await this.device.outbox.statements()).some((said) => unitOf(said).id === this.unit && verbOf(said) === "completed");
  }

  /** What the centre knew last; this device's own numbers the outbox knows itself. */
  lastOrdinal() {
    const course = this.device.state?.courses.find((/** @type {any} */ each) => each.enrolment === this.about.enrolment);
    return course?.lessons[this.about.lesson]?.ordinal ?? 0;
  }

  /** @param {string} verb @param {Record<string, any>} facts */
  async say(verb, facts) {
    const verbs = this.isBegun ? [verb] : ["initialized", verb];
    const drafts = verbs.map((each) => ({
      verb: each,
      activity: /** @type {[string, string]} */ (["lesson", this.about.lesson]),
      unit: { kind: "lesson", id: this.unit },
      registration: this.about.enrolment,
      facts: { ...this.about, ...(each === verb ? facts : {}) },
    }));
    await this.device.outbox.add(drafts);
    this.isBegun = true;
  }
}
