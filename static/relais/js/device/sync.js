// @ts-check
/**
 * What a page does with the outbox of the person who is here: send what waits, fetch what the centre
 * knows, and say on the sync line how things are.
 *
 * It sends on start, when something was said, when the connection may be back, and every minute while
 * something waits; after faults less often, up to five minutes. Nothing waits: nothing is asked, but the
 * state of the centre at most every ten minutes.
 */

import { openDevice, readAll } from "./database.js";
import { fetchJson, postJson } from "./door.js";
import { Line } from "./line.js";
import { openOutbox } from "./outbox.js";
import { onChange, people, whoIsHere } from "./people.js";
import { Learnt } from "./learnt.js";
import { readMark } from "./sentinel.js";
import { registerWorker } from "./updates.js";

const EVERY_MS = 60_000;
const LONGEST_MS = 300_000;
const STATE_IS_OLD_MS = 600_000;
const SOON_MS = 150;

/** @typedef {{sent: number, held: number, error: string | null, hasEnded?: boolean}} Receipt */

export class Device {
  /** @param {import("./people.js").Person} person @param {Line} line */
  constructor(person, line) {
    this.person = person;
    this.line = line;
    this.outbox = openOutbox(person, { freeRoom });
    this.learnt = new Learnt(person);
    this.faults = 0;
    /** @type {Set<() => unknown>} */
    this.listeners = new Set();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.isOver = false;
    /** @type {(() => void) | undefined} */
    this.stop = undefined;
  }

  /** What the centre said last of this person's courses; null before the first time. */
  get state() {
    return this.learnt.state;
  }

  /** The papers that are on this device, by attempt. @returns {Map<string, any>} */
  get papers() {
    return this.learnt.papers;
  }

  /** Call `fn` after every change: something was said, sent, held or learnt. @param {() => unknown} fn */
  onChange(fn) {
    this.listeners.add(fn);
    return () => this.listeners.delete(fn);
  }

  /**
   * Send what waits now; `wait` also for another tab that is sending.
   * @param {{wait?: boolean}} options
   * @returns {Promise<Receipt>}
   */
  async send({ wait = false } = {}) {
    const { count } = await this.outbox.waiting();
    if (!count) return { sent: 0, held: 0, error: null };
    this.line.sending(count);
    const receipt = await this.outbox.send({ wait });
    if (receipt.error !== "busy") this.faults = receipt.error ? this.faults + 1 : 0;
    await this.tell(receipt.error);
    // What was handed in has a result now.
    if (receipt.hasEnded) await this.refresh({ force: true });
    return receipt;
  }

  /** Ask the centre for state and papers, where what is here is old. @param {{force?: boolean}} options */
  async refresh({ force = false } = {}) {
    if (!force && Date.now() - this.learnt.at < STATE_IS_OLD_MS) return;
    try {
      const sent = await this.outbox.sent();
      const state = await fetchJson("/sync/state/");
      if (state.person !== this.person.uuid) return;
      const papers = await this.askPapers(state);
      await this.learnt.keep(state, papers, await this.outbox.list());
      await this.outbox.forgetSent(sent);
      await this.tell(this.line.error);
    } catch {
      // No connection, or nobody signed in: what is here is what was learnt last.
    }
  }

  /** @param {any} state @returns {Promise<any[] | null>} null where there is no reason to ask */
  async askPapers(state) {
    const courses = (await readAll(await openDevice(), "courses")).map(({ course }) => course);
    const isOpen = state.courses.some((/** @type {any} */ course) => Object.values(course.quizzes).some(({ has_open: open }) => open));
    if (!courses.length && !isOpen) return null;
    return (await postJson("/sync/papers/", { device: this.person.device, courses })).papers;
  }

  /** Bring line and listeners up to date. @param {string | null} [error] what the last sending met */
  async tell(error) {
    const { count, since } = await this.outbox.waiting();
    this.line.show({ count, since, parked: await this.outbox.parked(), error });
    for (const listener of this.listeners) listener();
  }

  /** Send and refresh, then come back later. */
  async round() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isOver) return;
    if (document.visibilityState === "visible") {
      const { error } = await this.send();
      if (!error) await this.refresh();
    }
    // Something may have been said meanwhile, and its round is due at once.
    if (this.timer === undefined) this.later(Math.min(EVERY_MS * 2 ** Math.max(0, this.faults - 1), LONGEST_MS));
  }

  /** @param {number} ms */
  later(ms) {
    clearTimeout(this.timer);
    // All devices of a room lose and find the network together: they must not come back together.
    if (!this.isOver) this.timer = setTimeout(() => this.round().catch(() => this.later(EVERY_MS)), ms * (0.8 + 0.4 * Math.random()));
  }

  start() {
    const stop = new AbortController();
    const now = () => this.later(0);
    addEventListener("online", now, { signal: stop.signal });
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && now(), { signal: stop.signal });
    const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("relais-outbox");
    channel?.addEventListener("message", ({ data }) => {
      if (data.storeId !== this.person.storeId) return;
      this.tell(this.line.error);
      if (data.added) this.later(SOON_MS);
    });
    this.line.onSendNow(now);
    this.stop = () => {
      this.isOver = true;
      clearTimeout(this.timer);
      stop.abort();
      channel?.close();
    };
    now();
  }
}

/** @type {Promise<Device | null> | null} */
let found = null;
const line = new Line(document.querySelector("[data-sync]"));

/** Return the device of the person who is here; null where there is no outbox to write to. @returns {Promise<Device | null>} */
export function device() {
  found ??= begin().catch(() => null);
  return found;
}

/** @returns {Promise<Device | null>} */
async function begin() {
  if (typeof indexedDB === "undefined" || !globalThis.crypto?.subtle) return null;
  const others = await people();
  const lost = others.length ? null : readMark();
  const person = await whoIsHere();
  if (lost !== null) line.tellLoss(lost);
  if (person || others.length) registerWorker();
  if (!person) return null;
  const here = new Device(person, line);
  await here.learnt.load();
  await here.tell(null);
  here.start();
  return here;
}

/** Make room by giving up what can be fetched again. */
async function freeRoom() {
  const { freeRoom: free } = await import("./downloads.js");
  return free();
}

/**
 * Somebody else opened, or this one locked: begin again with whoever is here.
 * @param {Promise<Device | null> | null} before
 * @returns {Promise<Device | null>}
 */
async function again(before) {
  const old = await before;
  if (old && old.person === (await whoIsHere())) return old;
  old?.stop?.();
  line.rest();
  return begin();
}

onChange(() => {
  found = again(found).catch(() => null);
});
void device();
