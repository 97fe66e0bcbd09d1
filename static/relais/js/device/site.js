// @ts-check
/**
 * What a device knows of its site: the root key it trusts since the first enrolment, and the keys that root certified.
 * Also the session: who is signed in, asked of the site itself.
 */

import { answer, openDevice, read, readAll, write } from "./database.js";
import { isSignedBy } from "./keys.js";

/** @typedef {{purpose: string, spki: string, from: string, until: string}} Certified */
/** @typedef {{key: "site", root: string, base: string, keys: Certified[], learntAt: number}} Site */
/** @typedef {{text: string, signature: string, root: string}} PublicKeys */
/** @typedef {{person: string | null, actor: string | null, csrf: string, time: string, base: string, keys: PublicKeys}} Session */

const SESSION = "/sync/session/";
const REPLY_MS = 15_000;
const LEARN_AGAIN_MS = 24 * 3600 * 1000;

/** The keys of the site are not signed by the root that this device trusts. */
export class UnknownSiteError extends Error {}

/** Ask the site who is signed in. @returns {Promise<Session>} */
export async function askSession() {
  const reply = await fetch(SESSION, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(REPLY_MS) });
  if (!reply.ok) throw new Error(`the session could not be asked: ${reply.status}`);
  return reply.json();
}

/** Return what this device knows of the site, or null before the first enrolment. @returns {Promise<Site | null>} */
export async function knownSite() {
  return (await read(await openDevice(), "settings", "site")) ?? null;
}

/**
 * Keep the site's keys, once their signature by the trusted root holds. The first root is trusted as it comes.
 * @param {Pick<Session, "base" | "keys">} session @returns {Promise<Site>}
 */
export async function learnSite({ base, keys }) {
  const known = await knownSite();
  if (known && known.root !== keys.root && !(await isEmpty())) throw new UnknownSiteError();
  if (!(await isSignedBy(keys.root, keys.signature, keys.text))) throw new UnknownSiteError();
  /** @type {Site} */
  const site = { key: "site", root: keys.root, base, keys: JSON.parse(keys.text).keys, learntAt: Date.now() };
  await write(await openDevice(), "settings", (change) => answer(change.objectStore("settings").put(site)));
  return site;
}

/** Ask for the keys again once a day: they are replaced from time to time. @param {Site} site */
export async function refreshSite(site) {
  if (Math.abs(Date.now() - site.learntAt) > LEARN_AGAIN_MS) await learnSite(await askSession());
}

/** Return the newest certified key for a purpose. @param {Site} site @param {string} purpose @returns {string} SPKI, base64 */
export function certifiedKey(site, purpose) {
  // By order of beginning and not by today's date: the clock of a device may be years off.
  const found = site.keys.filter((key) => key.purpose === purpose).sort((one, other) => (one.from < other.from ? -1 : 1));
  const newest = found.pop();
  if (!newest) throw new UnknownSiteError();
  return newest.spki;
}

/** Tell whether nobody and no course is on this device: then another site may take it over. */
async function isEmpty() {
  const device = await openDevice();
  return !(await readAll(device, "people")).length && !(await readAll(device, "courses")).length;
}
