// @ts-check
/**
 * When something was said, by the clock that can be trusted most.
 *
 * Within one load of a page the time runs on performance.now(), which nobody can set: a statement's
 * time and its `ms` always agree there. The device's clock says only when that session began. Where
 * it ran ahead of the page's (the tablet slept, somebody set it), a new session begins: its beginning
 * is the device's word, no more. Times of one device do not go back, unless its clock was so far ahead
 * before that holding to it would date everything into the future for good.
 */

import { newPageId } from "./ids.js";

const LEAP_MS = 60000;
const LONGEST_HOLD_MS = 120000;

export class PageClock {
  /** @param {{wall: () => number, ticks: () => number}} clocks milliseconds since 1970, and since the page was loaded */
  constructor(clocks = { wall: () => Date.now(), ticks: () => performance.now() }) {
    this.clocks = clocks;
    this.page = newPageId();
    /** @type {number | null} when the page was loaded, by this clock */
    this.began = null;
  }

  /**
   * Return the next moment.
   * @param {number} latest the time of what this device said last, 0 for nothing yet
   * @param {number} offset what the centre's clock is ahead of this device's, as far as it is known
   */
  next(latest, offset) {
    const ms = Math.floor(this.clocks.ticks());
    const wall = this.clocks.wall() + offset;
    if (this.began === null || wall - (this.began + ms) > LEAP_MS) {
      if (this.began !== null) this.page = newPageId();
      this.began = held(wall, latest) - ms;
    }
    return { page: this.page, ms, at: held(this.began + ms, latest) };
  }
}

/** @param {number} time @param {number} latest */
function held(time, latest) {
  return latest - time > LONGEST_HOLD_MS ? time : Math.max(time, latest + 1);
}
