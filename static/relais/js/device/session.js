// @ts-check
/**
 * The session of a page against the person on the device: whoever opens a store is never served as somebody else.
 *
 * A session that could not be ended (no connection) is written down, and ended by the first page that still shows it.
 */

import { answer, openDevice, read, write } from "./database.js";
import { askSession } from "./site.js";

// Any language serves: signing out answers in none.
const SIGN_OUT = "/en/account/sign-out/";
const REPLY_MS = 8000;
// Set by the site when somebody signs out, for browsers in which no script of ours ran then.
const LEFT = "relais_left";

/** Return who this page was made for; "" for a page that was made for nobody. @returns {string} */
export function signedIn() {
  return pageData().person ?? "";
}

/** Return what the site wrote into this page for scripts. @returns {DOMStringMap} */
export function pageData() {
  const relais = document.querySelector("#relais");
  return relais instanceof HTMLElement ? relais.dataset : {};
}

/** Note whose session this browser has now. @param {string} uuid */
export async function noteSession(uuid) {
  const known = await setting("session");
  if (known?.uuid !== uuid) await keep({ key: "session", uuid });
}

/** Tell whether this browser has the session of a person, as far as it is known here. @param {string} uuid */
export async function hasSession(uuid) {
  return signedIn() === uuid || (await setting("session"))?.uuid === uuid;
}

/** End the session of anybody but one person; without a connection, as soon as there is one. @param {{unless: string}} who */
export async function leaveSession({ unless }) {
  const uuid = signedIn() || (await setting("session"))?.uuid;
  if (!uuid || uuid === unless) return;
  await keep({ key: "leaving", uuid });
  endSession(uuid).catch(() => {});
}

/** Tell whether a session was to end. @param {string} uuid @returns {Promise<boolean>} */
export async function isLeaving(uuid) {
  return (await setting("leaving"))?.uuid === uuid;
}

/** Note that the session of a person is to end when there is a connection. @param {string} uuid */
export async function leaveLater(uuid) {
  await keep({ key: "leaving", uuid });
}

/** End the session, if it still is of this person. @param {string} uuid */
export async function endSession(uuid) {
  const session = await askSession();
  if (session.person === uuid) {
    const headers = { "X-CSRFToken": session.csrf };
    const reply = await fetch(SIGN_OUT, { method: "POST", headers, redirect: "manual", signal: AbortSignal.timeout(REPLY_MS) });
    if (reply.type !== "opaqueredirect" && !reply.ok) throw new Error(`the session did not end: ${reply.status}`);
  }
  await sessionEnded();
}

/** Note that a session has ended. */
export async function sessionEnded() {
  await write(await openDevice(), "settings", (change) => {
    change.objectStore("settings").delete("leaving");
    change.objectStore("settings").delete("session");
  });
}

/** Return who signed out since the last look, by the site's word; forget it. @returns {string} */
export function wasLeft() {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${LEFT}=`));
  if (found) document.cookie = `${LEFT}=; path=/; max-age=0; samesite=lax`;
  return found?.slice(LEFT.length + 1) ?? "";
}

/** @param {string} key @returns {Promise<any>} */
async function setting(key) {
  return read(await openDevice(), "settings", key);
}

/** @param {{key: string, uuid: string}} record */
async function keep(record) {
  await write(await openDevice(), "settings", (change) => answer(change.objectStore("settings").put(record)));
}
