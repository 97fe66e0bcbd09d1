// @ts-check
/**
 * Who uses this device: one row a person, with initials and no name, and what of theirs still waits to be sent.
 *
 * A row is open to its owner (it has a wrapped data key), or signed out (the data key is gone, nothing can be read; signing
 * in opens it anew), or erased (the signing key is gone too). Sealed lines stay in all three until they are sent.
 */

import { answer, deletePerson, openDevice, openPerson, read, readAll, write } from "./database.js";
import { newWrapKey } from "./keys.js";
import { clearMark } from "./sentinel.js";

// The end of the chain of what a person said here, and the clock's difference: no words, no answers.
const CHAIN = ["outbox-head", "clock"];

/**
 * @typedef {{
 *   storeId: string, uuid: string, actor: string, device: string, initials: string, colour: number,
 *   signingKey: CryptoKey | null, publicKey: string, wrapped: import("./keys.js").Wrapped | null,
 *   tries: number, usedAt: number, savedTo: number, isErased: boolean,
 * }} Row
 * @typedef {{
 *   storeId: string, uuid: string, initials: string, colour: number, hasPin: boolean, isOpenable: boolean,
 *   isErased: boolean, usedAt: number, waiting: number, oldest: string | null, isSaved: boolean,
 * }} Listed
 */

/** Return everybody who has something on this device, who used it last first. @returns {Promise<Listed[]>} */
export async function people() {
  const rows = /** @type {Row[]} */ (await readAll(await openDevice(), "people"));
  rows.sort((one, other) => other.usedAt - one.usedAt);
  return Promise.all(rows.map(listed));
}

/** @param {string} storeId @returns {Promise<Row | null>} */
export async function rowOf(storeId) {
  return (await read(await openDevice(), "people", storeId)) ?? null;
}

/** Return the row of a person, open or signed out; an erased one is nobody's any more. @param {string} uuid @returns {Promise<Row | null>} */
export async function rowOfPerson(uuid) {
  const rows = /** @type {Row[]} */ (await readAll(await openDevice(), "people"));
  return rows.find((row) => row.uuid === uuid && row.signingKey) ?? null;
}

/** @param {Row} row */
export function hasPin(row) {
  return Boolean(row.wrapped?.salt);
}

/** Put a row as it stands. @param {Row} row */
export async function putRow(row) {
  await write(await openDevice(), "people", (change) => answer(change.objectStore("people").put(row)));
}

/** Change some fields of a row and return it. @param {string} storeId @param {Partial<Row>} fields @returns {Promise<Row>} */
export async function changeRow(storeId, fields) {
  return write(await openDevice(), "people", async (change) => {
    const rows = change.objectStore("people");
    const row = { ...(await answer(rows.get(storeId))), ...fields };
    await answer(rows.put(row));
    return row;
  });
}

/** Return the device's wrap key; made once, whoever comes first. @returns {Promise<CryptoKey>} */
export async function wrapKey() {
  const device = await openDevice();
  const known = await read(device, "settings", "wrap-key");
  if (known) return known.value;
  const made = await newWrapKey();
  return write(device, "settings", async (change) => {
    const settings = change.objectStore("settings");
    const first = await answer(settings.get("wrap-key"));
    if (first) return first.value;
    await answer(settings.put({ key: "wrap-key", value: made }));
    return made;
  });
}

/** Erase what is readable of somebody who signs out. They sign with the same key when they come again. @param {string} storeId */
export async function closeRow(storeId) {
  await changeRow(storeId, { wrapped: null, tries: 0 });
  await eraseStores(await openPerson(storeId), CHAIN);
}

/**
 * Erase the keys of a person: first these, which alone decide, then what they could open. Sealed lines stay.
 * A row with nothing left to send goes altogether.
 * @param {string} storeId
 */
export async function eraseRow(storeId) {
  await changeRow(storeId, { wrapped: null, signingKey: null, tries: 0 });
  await eraseStores(await openPerson(storeId), []);
  await changeRow(storeId, { isErased: true });
  await dropIfSent(storeId);
}

/** Note that what waits now was saved as a file. @param {string} storeId */
export async function noteSaved(storeId) {
  await changeRow(storeId, { savedTo: await lastWaiting(storeId) });
}

/** Remove an erased row once nothing of it waits. @param {string} storeId */
export async function dropIfSent(storeId) {
  const row = await rowOf(storeId);
  if (row && !row.signingKey && !(await waitingOf(storeId)).waiting) await removeRow(storeId);
}

/** Remove a row and its database. @param {string} storeId */
export async function removeRow(storeId) {
  await deletePerson(storeId);
  const device = await openDevice();
  await write(device, "people", (change) => answer(change.objectStore("people").delete(storeId)));
  // Removed on purpose: the next start must not take it for a loss.
  if (!(await readAll(device, "people")).length) clearMark();
}

/** Finish what was interrupted, and let go of erased rows whose lines were sent meanwhile. */
export async function sweep() {
  for (const row of /** @type {Row[]} */ (await readAll(await openDevice(), "people"))) {
    if (!row.signingKey) await (row.isErased ? dropIfSent(row.storeId) : eraseRow(row.storeId));
  }
}

/** Count what waits to be sent, and since when. @param {string} storeId @returns {Promise<{waiting: number, oldest: string | null}>} */
export async function waitingOf(storeId) {
  const records = (await openPerson(storeId)).transaction("outbox").objectStore("outbox").index("state");
  const [waiting, first] = await Promise.all([
    answer(records.count("waiting")),
    answer(records.get("waiting")),
  ]);
  return { waiting, oldest: first ? new Date(first.at).toISOString() : null };
}

/** @param {Row} row @returns {Promise<Listed>} */
async function listed(row) {
  const { storeId, uuid, initials, colour, usedAt } = row;
  const { waiting, oldest } = await waitingOf(storeId);
  const isSaved = waiting > 0 && (await lastWaiting(storeId)) <= row.savedTo;
  const state = { hasPin: hasPin(row), isOpenable: Boolean(row.wrapped), isErased: !row.signingKey };
  return { storeId, uuid, initials, colour, usedAt, ...state, waiting, oldest, isSaved };
}

/** Return the number of the newest record that waits. @param {string} storeId @returns {Promise<number>} */
export async function lastWaiting(storeId) {
  const records = (await openPerson(storeId)).transaction("outbox").objectStore("outbox").index("state");
  const cursor = await answer(records.openKeyCursor("waiting", "prev"));
  return cursor ? Number(cursor.primaryKey) : 0;
}

/** @param {IDBDatabase} db @param {string[]} kept keys of what stays in "kept" */
async function eraseStores(db, kept) {
  await write(db, ["outbox", "papers", "state", "kept"], async (change) => {
    for (const name of ["papers", "state"]) change.objectStore(name).clear();
    const [others, outbox] = [change.objectStore("kept"), change.objectStore("outbox")];
    for (const key of await answer(others.getAllKeys())) if (!kept.includes(String(key))) others.delete(key);
    for (const record of await answer(outbox.getAll())) {
      // What the site has is not needed here; of the rest only the sealed line stays.
      if (record.state === "sent") outbox.delete(record.seq);
      else if (record.box) outbox.put({ ...record, box: null });
    }
  });
}
