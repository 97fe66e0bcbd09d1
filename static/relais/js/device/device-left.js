// @ts-check
/** What other people left on this device: counted, sent for them, saved as a file. All of it is sealed. */

import { openOutbox } from "./outbox.js";
import { drawWho, newRow, part, putRows } from "./page-parts.js";
import { closedPerson, noteSaved, people } from "./people.js";
import { sweep } from "./roster.js";
import { parcelOf } from "./sending.js";
import { moment } from "./words.js";

/** @typedef {import("./roster.js").Listed} Listed */

/** Return those who left something here, but for the one who is here. @param {string} hereId @returns {Promise<Listed[]>} */
export async function whoLeft(hereId) {
  return (await people()).filter((who) => who.waiting && who.storeId !== hereId);
}

/** @param {HTMLElement} root @param {Listed[]} left @param {(name: string, values?: Record<string, any>) => string} words */
export function showLeft(root, left, words) {
  part(root, '[data-part="left"]').hidden = !left.length;
  putRows(root, "left", left.map((who) => {
    const row = newRow(root, "left");
    drawWho(row, who, words("nobody"));
    part(row, "[data-facts]").textContent = words("waits", { count: who.waiting, since: moment(who.oldest ?? "") });
    part(row, "[data-state]").textContent = words(who.isSaved ? "saved" : "sealed");
    return row;
  }));
}

/** Bring what others left to the centre. @param {Listed[]} left @returns {Promise<{sent: number, held: number, error: string | null}>} */
export async function sendLeft(left) {
  const all = { sent: 0, held: 0, error: /** @type {string | null} */ (null) };
  for (const { storeId } of left) {
    const { sent, held, error } = await openOutbox(await closedPerson(storeId)).send({ carried: true, wait: true });
    all.sent += sent;
    all.held += held;
    all.error = error ?? all.error;
  }
  // Of somebody whose keys are erased nothing need stay once all is at the centre.
  await sweep();
  return all;
}

/** Give what some people left as one file. @param {Listed[]} left */
export async function saveLeft(left) {
  const lines = [];
  for (const { storeId } of left) {
    const file = await openOutbox(await closedPerson(storeId)).exportFile();
    lines.push(...(await file.text()).split("\n").slice(1).filter(Boolean));
  }
  giveFile(new Blob([parcelOf(lines)], { type: "text/plain" }));
  for (const { storeId } of left) await noteSaved(storeId);
}

/** Hand a file to the browser's downloads. @param {Blob} blob */
export function giveFile(blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `relais-${new Date().toISOString().slice(0, 10)}-${Math.floor(Math.random() * 1e6)}.relais`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
