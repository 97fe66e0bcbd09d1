// @ts-check
/**
 * The person who uses this device now: found, opened with a PIN, locked, removed.
 *
 * One person at a time, in all tabs. A page that the site made for somebody opens this person's store and no other;
 * a page that it made for nobody (the shell, the page of this device) opens whoever used the device last.
 */

import { answer, openDevice, openPerson, read, write } from "./database.js";
import { bringOwn } from "./carrying.js";
import { rowOrEnrol } from "./enrolling.js";
import { cover, hide, startGuard } from "./guard.js";
import { dropKey, hasWorker, keepKey, receiveKey, tell, workerReady } from "./handover.js";
import { decrypt, encrypt, hasCrypto, openDataKey, sealer, sign } from "./keys.js";
import { RefusedPinError, openWithPin, openWithoutPin, replacePin } from "./pins.js";
import { changeRow, closeRow, eraseRow, hasPin, removeRow, rowOf, rowOfPerson, sweep, waitingOf } from "./roster.js";
import { endSession, hasSession, isLeaving, leaveLater, leaveSession, noteSession, sessionEnded, signedIn, wasLeft } from "./session.js";
import { certifiedKey, knownSite, refreshSite } from "./site.js";

export { closedPerson } from "./carrying.js";
export { noteSaved, people } from "./roster.js";

/**
 * @typedef {import("./roster.js").Row} Row
 * @typedef {import("./keys.js").Box} Box
 * @typedef {{
 *   storeId: string, uuid: string, actor: string, device: string, initials: string, hasPin: boolean, base: string,
 *   db: IDBDatabase, encrypt: (value: unknown) => Promise<Box>, decrypt: (box: Box) => Promise<any>,
 *   sign: (text: string) => Promise<string>, seal: (text: string) => Promise<string>,
 * }} Person
 * @typedef {{person: Person, key: CryptoKey | null}} Holder
 */

const NOTE_USE_MS = 60_000;

/** The person was locked meanwhile: nothing can be read or said for them before they open again. */
export class LockedError extends Error {}

/** Something of this person still waits to be sent. */
export class StillWaitingError extends Error {}

/** @type {Holder | null} */
let here = null;
/** @type {Promise<Person | null> | null} */
let looking = null;
/** A lock that is on its way to the disk: nobody is found before it is there. @type {Promise<unknown>} */
let settling = Promise.resolve();
/** The session of this page ends: nobody is opened here any more. */
let isOver = false;
/** @type {Set<(person: Person | null) => void>} */
const listeners = new Set();

/** Return the person whose store is open in this page; null where there is none, or none can be. @returns {Promise<Person | null>} */
export async function whoIsHere() {
  await settling;
  if (here) return here.person;
  if (isOver) return null;
  looking ??= look().catch(() => null).finally(() => (looking = null));
  return looking;
}

/** Call `fn` whenever somebody opens or locks, in this tab or another. @param {(person: Person | null) => void} fn */
export function onChange(fn) {
  listeners.add(fn);
}

/**
 * Open a store, with the PIN where it has one. Whoever else was here is locked and their session ended.
 * @param {string} storeId @param {string} [pin] @returns {Promise<Person>}
 */
export async function unlock(storeId, pin = "") {
  const { row, bytes } = await counted(storeId, openWithPin(storeId, pin));
  await leaveSession({ unless: row.uuid });
  return become(row, await openDataKey(bytes));
}

/** Lock the person who is here, in all tabs. */
export async function lock() {
  if (here) await lockStore(here.person.storeId);
}

/**
 * Set, change or (with an empty one) take away the PIN of the person who is here.
 * @param {Person} person @param {string} pin @param {string} [current] the PIN that holds now
 */
export async function setPin(person, pin, current = "") {
  // The next page has no other way to the key than through a worker.
  if (pin) await workerReady();
  await counted(person.storeId, replacePin(person.storeId, pin, current));
  notePin(person.storeId, Boolean(pin));
  tell({ type: "pin", storeId: person.storeId, hasPin: Boolean(pin) });
  await (pin && here?.key ? keepKey(person.storeId, here.key) : dropKey());
}

/**
 * Remove a person and their store from this device.
 * @param {string} storeId @param {{evenUnsent?: boolean}} [options] also what the site does not have: ask twice before
 */
export async function removePerson(storeId, { evenUnsent = false } = {}) {
  if (!evenUnsent && (await waitingOf(storeId)).waiting) throw new StillWaitingError();
  await leave(storeId);
  await removeRow(storeId);
}

/** Erase the keys of somebody who forgot the PIN. What waits stays sealed; they enrol anew by signing in. @param {string} storeId */
export async function forgetPerson(storeId) {
  await leave(storeId);
  await eraseRow(storeId);
}

/** Do what signing out means for somebody: lock where there is a PIN, else erase what is readable. @param {string} uuid */
export async function signOut(uuid) {
  isOver = true;
  await leaveLater(uuid);
  const row = await rowOfPerson(uuid);
  if (!row) return;
  await lockStore(row.storeId);
  if (!hasPin(row)) await closeRow(row.storeId);
}

/** @returns {Promise<Person | null>} */
async function look() {
  if (!hasCrypto()) return null;
  startGuard({ holder: () => here, lock, signOut, forget, notePin, isCurrent: async () => (await current()) === here?.person.storeId });
  const uuid = signedIn();
  await finishSignOut(uuid);
  if (uuid && (await isLeaving(uuid))) return turnAway(uuid);
  await sweep();
  if (uuid) await noteSession(uuid);
  const row = await (uuid ? rowOrEnrol(uuid) : currentRow());
  const key = row && (await keyWithoutAsking(row));
  if (key) return become(row, key);
  // Without a worker no page can hand a key to the next: covering would ask for the PIN on every page, for ever.
  if (row && (await hasWorker())) cover();
  return null;
}

/** Do what a sign-out means whose page ran no script of ours. @param {string} uuid who is signed in now */
async function finishSignOut(uuid) {
  const left = wasLeft();
  if (!left) return;
  if (left !== uuid) await signOut(left);
  await sessionEnded();
  isOver = false;
}

/** Show nothing of somebody whose session was to end, and end it. @param {string} uuid */
async function turnAway(uuid) {
  hide();
  await endSession(uuid).finally(cover);
  return null;
}

/** @param {Row} row @returns {Promise<CryptoKey | null>} */
async function keyWithoutAsking(row) {
  if (!hasPin(row)) return openDataKey(await openWithoutPin(row));
  const key = await receiveKey(row.storeId);
  // A key that was still on its way while somebody locked is no key.
  return (await current()) === row.storeId ? key : null;
}

/** Make this person the one who is here. @param {Row} row @param {CryptoKey} key @returns {Promise<Person>} */
async function become(row, key) {
  const site = await knownSite();
  if (!site) throw new LockedError();
  const holder = await openHolder(row, key, site);
  if (here) drop(here.person.storeId);
  here = holder;
  if ((await current()) !== row.storeId) await setCurrent(row.storeId);
  if (Date.now() - row.usedAt > NOTE_USE_MS) await changeRow(row.storeId, { usedAt: Date.now() });
  await (holder.person.hasPin ? keepKey(row.storeId, key) : dropKey());
  tell({ type: "opened", storeId: row.storeId });
  refreshSite(site).catch(() => {});
  if (signedIn() === row.uuid) bringOwn(row).catch(() => {});
  notify(holder.person);
  return holder.person;
}

/** @param {Row} row @param {CryptoKey} key @param {import("./site.js").Site} site @returns {Promise<Holder>} */
async function openHolder(row, key, site) {
  const { storeId, uuid, actor, device, initials } = row;
  const [db, seal] = await Promise.all([openPerson(storeId), sealer(certifiedKey(site, "sealing"))]);
  // Whoever holds on to a person after the lock gets an error, not the key.
  const open = () => {
    if (!holder.key || !row.signingKey) throw new LockedError();
    return { key: holder.key, signingKey: row.signingKey };
  };
  const person = {
    storeId, uuid, actor, device, initials, db, base: site.base, hasPin: hasPin(row),
    encrypt: async (/** @type {unknown} */ value) => encrypt(open().key, value),
    decrypt: async (/** @type {Box} */ box) => decrypt(open().key, box),
    sign: async (/** @type {string} */ text) => sign(open().signingKey, text),
    seal,
  };
  /** @type {Holder} */
  const holder = { person, key };
  return holder;
}

/** Drop the open key of this page and say so to it. */
function forget() {
  if (!here) return;
  drop(here.person.storeId);
  notify(null);
}

/** @param {string} storeId */
function drop(storeId) {
  if (here?.person.storeId !== storeId) return;
  here.key = null;
  here = null;
}

/** @param {Person | null} person */
function notify(person) {
  listeners.forEach((listener) => listener(person));
}

/** @param {string} storeId @param {boolean} isSet */
function notePin(storeId, isSet) {
  if (here?.person.storeId === storeId) here.person.hasPin = isSet;
}

/** Wait for what needs a PIN; lock everywhere when the last try has erased the keys. @template T @param {string} storeId @param {Promise<T>} work */
async function counted(storeId, work) {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RefusedPinError && !error.left) await leave(storeId);
    throw error;
  }
}

/** Lock one store in all tabs, whether or not it is open. @param {string} storeId */
async function lockStore(storeId) {
  const isHere = here?.person.storeId === storeId;
  drop(storeId);
  settling = lockOnDisk(storeId);
  await settling;
  tell({ type: "locked", storeId });
  if (isHere) notify(null);
}

/** @param {string} storeId */
async function lockOnDisk(storeId) {
  if ((await current()) !== storeId) return;
  await setCurrent("");
  await dropKey();
}

/** Lock a store whose keys go, and end the session of its owner: without the PIN, only the password may open it anew. @param {string} storeId */
async function leave(storeId) {
  const row = await rowOf(storeId);
  if (row && (await hasSession(row.uuid))) {
    isOver = isOver || signedIn() === row.uuid;
    await leaveSession({ unless: "" });
  }
  await lockStore(storeId);
}

/** Return the row of whoever used this device last and did not leave. @returns {Promise<Row | null>} */
async function currentRow() {
  const row = await rowOf(await current());
  return row?.wrapped ? row : null;
}

/** @returns {Promise<string>} */
async function current() {
  return (await read(await openDevice(), "settings", "current"))?.storeId ?? "";
}

/** @param {string} storeId */
async function setCurrent(storeId) {
  await write(await openDevice(), "settings", (change) => answer(change.objectStore("settings").put({ key: "current", storeId })));
}
