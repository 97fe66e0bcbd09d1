// @ts-check
/**
 * Watches over a page with a person: locks after a time without input, follows what other tabs do, and does on the
 * device what signing out means. Pages work without it; then the site ends the session and the next page finishes here.
 */

import { keepKey, listen, tell } from "./handover.js";
import { openOutbox } from "./outbox.js";
import { leaveLater, sessionEnded, signedIn } from "./session.js";

const IDLE_MS = 5 * 60_000;
// A film that plays is no input, but somebody watches; not for ever.
const PLAYING_MS = 30 * 60_000;
const LOOK_MS = 10_000;
const KEEP_MS = 20_000;
const TELL_MS = 15_000;
const SEND_MS = 4000;
const LEAVE_MS = 3000;
const REPLY_MS = 8000;
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"];
const DEVICE_PAGE = /^\/[a-z]{2}\/device\/$/;
const SIGN_OUT = /\/account\/sign-out\/$/;

/**
 * @typedef {{
 *   holder: () => {person: import("./people.js").Person, key: CryptoKey | null} | null,
 *   lock: () => Promise<void>, signOut: (uuid: string) => Promise<void>, forget: () => void,
 *   notePin: (storeId: string, isSet: boolean) => void, isCurrent: () => Promise<boolean>,
 * }} Watched
 */

/** @type {Watched | null} */
let watched = null;
let lastInput = moment();
let toldAt = -TELL_MS;

/** Start watching; once a page. @param {Watched} hooks */
export function startGuard(hooks) {
  if (watched) return;
  watched = hooks;
  lastInput = moment();
  for (const name of INPUTS) addEventListener(name, sawInput, { capture: true, passive: true });
  addEventListener("submit", (event) => void interceptSignOut(event), { capture: true });
  addEventListener("pageshow", () => void lookAround());
  addEventListener("pagehide", refreshKey);
  document.addEventListener("visibilitychange", () => void lookAround());
  setInterval(lockIfIdle, LOOK_MS);
  setInterval(() => document.visibilityState === "visible" && refreshKey(), KEEP_MS);
  listen(heard);
}

/** Hide what this page shows and go where somebody can open it. */
export function cover() {
  if (isDevicePage() || !document.querySelector("#relais")) return;
  hide();
  location.replace(`${devicePage()}?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Hide this page at once, also where the way to the next is slow or somebody is asked whether to leave this one. */
export function hide() {
  document.documentElement.hidden = true;
}

/** @returns {string} */
export function devicePage() {
  return `/${document.documentElement.lang}/device/`;
}

/** Tell whether this page is the one on which people open and lock. */
export function isDevicePage() {
  return DEVICE_PAGE.test(location.pathname) || Boolean(document.querySelector("main [data-device-page]"));
}

function sawInput() {
  lastInput = moment();
  if (lastInput.ticks - toldAt < TELL_MS || !watched?.holder()) return;
  toldAt = lastInput.ticks;
  tell({ type: "active" });
}

function lockIfIdle() {
  const holder = watched?.holder();
  if (!holder?.person.hasPin) return;
  const idle = Math.max(Date.now() - lastInput.wall, performance.now() - lastInput.ticks);
  if (idle < IDLE_MS || (isPlaying() && idle < PLAYING_MS)) return;
  watched?.lock().finally(cover);
}

/** A page that slept or came back from the browser's memory may have missed what the others said. */
async function lookAround() {
  if (document.visibilityState === "hidden" || !watched?.holder()) return;
  lockIfIdle();
  if (watched.holder() && !(await watched.isCurrent())) {
    watched.forget();
    cover();
  }
}

function refreshKey() {
  const holder = watched?.holder();
  if (holder?.person.hasPin && holder.key) void keepKey(holder.person.storeId, holder.key);
}

/** @param {import("./handover.js").Word} word */
function heard(word) {
  const holder = watched?.holder();
  if (word.type === "active") lastInput = moment();
  if (word.type === "pin") watched?.notePin(word.storeId, word.hasPin);
  if (!holder) return;
  const { person, key } = holder;
  if (word.type === "ask" && person.hasPin && key) tell({ type: "give", id: word.id, storeId: person.storeId, key });
  const isOver = word.type === "locked" ? word.storeId === person.storeId : word.type === "opened" && word.storeId !== person.storeId;
  if (!isOver) return;
  watched?.forget();
  cover();
}

/**
 * On signing out: send what waits while that is still allowed, lock or erase here, end the session.
 * Whatever fails, the form goes its ordinary way.
 * @param {Event} event
 */
async function interceptSignOut(event) {
  const form = event.target;
  const uuid = signedIn();
  if (!(form instanceof HTMLFormElement) || !SIGN_OUT.test(new URL(form.action).pathname) || !uuid) return;
  event.preventDefault();
  await within(SEND_MS, sendFirst()).catch(() => {});
  await within(LEAVE_MS, watched?.signOut(uuid)).catch(() => {});
  try {
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const reply = await fetch(form.action, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(REPLY_MS) });
    if (reply.type !== "opaqueredirect") return form.submit();
    await within(LEAVE_MS, sessionEnded()).catch(() => {});
    location.replace(`/${document.documentElement.lang}/account/sign-in/`);
  } catch {
    await within(LEAVE_MS, leaveLater(uuid)).catch(() => {});
    location.replace(devicePage());
  }
}

async function sendFirst() {
  const person = watched?.holder()?.person;
  if (person) await openOutbox(person).send({ wait: true });
}

/** @template T @param {number} ms @param {Promise<T> | undefined} work @returns {Promise<T | void>} */
function within(ms, work) {
  return Promise.race([work, new Promise((done) => setTimeout(done, ms))]).then(() => {});
}

function isPlaying() {
  return [...document.querySelectorAll("video, audio")].some((each) => each instanceof HTMLMediaElement && !each.paused);
}

/** By both clocks: the page's own stands still while some tablets sleep, the device's can be set back. */
function moment() {
  return { wall: Date.now(), ticks: performance.now() };
}
