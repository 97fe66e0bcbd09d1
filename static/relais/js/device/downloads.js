// @ts-check
/**
 * The courses on this device: download, go on, pause, verify, update, remove.
 *
 * A row of `courses` says which manifest is in force here (`current`) and which one is on its way
 * (`next`). Files lie in the cache by their hash, so what is there already is never fetched again. Only
 * when all of `next` is here and verified does one transaction make it `current`; until then the
 * former version works. Attempts hold their own papers: no update touches them.
 */

import { answer as asked, openDevice, read, readAll, write } from "./database.js";
import { DownloadError, FILES_CACHE, fetchManifest, fetchPieces, filesFor, packOf, piecesOf } from "./packs.js";
import { change, holds, mapMedia, missingOf, pagesOf, save, sizeOf, sweep, unmapMedia } from "./shelf.js";
import { keepShells } from "./worker-door.js";

/** @typedef {{sha256: string, text: string}} Manifest */
/** @typedef {{sha256: string, size: number, url: string}} Piece */
/**
 * @typedef {object} Row
 * @property {string} course
 * @property {"partial" | "ready" | "dropped"} state `dropped` to make room
 * @property {boolean} isPaused
 * @property {Manifest | null} current
 * @property {Manifest | null} next
 * @property {string[]} languages
 * @property {Record<string, string>} slugs by language, of every language the course has
 * @property {Record<string, string>} titles by language, of those that are here
 * @property {number} bytes
 * @property {number} verifiedAt
 * @property {number} usedAt
 */
/** @typedef {{course: string, state: string, done?: number, total?: number}} News */

export { DownloadError };
const FRESH_USE_MS = 3600 * 1000;
// The browser needs room to move in, and what waits to be sent must never be what does not fit.
const ROOM_FACTOR = 2;

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("relais-downloads");
/** @type {Set<(news: News) => void>} */
const listeners = new Set();
channel?.addEventListener("message", ({ data }) => {
  if (data.state === "pausing") running.get(data.course)?.abort();
  for (const listener of listeners) listener(data);
});
/** What this page downloads. @type {Map<string, AbortController>} */
const running = new Map();

/** Hear of every change, here and in other tabs. @param {(news: News) => void} listener */
export function onDownloads(listener) {
  listeners.add(listener);
}

/** @param {News} news */
function tell(news) {
  channel?.postMessage(news);
  for (const listener of listeners) listener(news);
}

/** Tell whether courses can be kept here at all: not on plain http, not in every private window. */
export function canKeep() {
  return isSecureContext && Boolean(globalThis.indexedDB) && "caches" in globalThis && "serviceWorker" in navigator && "locks" in navigator;
}

/** All courses that this device holds, or held until their room was needed. @returns {Promise<Row[]>} */
export async function listCourses() {
  return readAll(await openDevice(), "courses");
}

/** The course at an address, ready to be used without a network; `lang` is the one to show it in. @param {string} lang @param {string} slug */
export async function courseAt(lang, slug) {
  const found = (await listCourses()).find((row) => row.state === "ready" && Object.values(row.slugs).includes(slug));
  return found ? { ...found, lang: found.languages.includes(lang) ? lang : found.languages[0] } : null;
}

/** One file of a course that is here. @param {string} course @param {string} path @returns {Promise<Response>} status 404 where it is not */
export async function readFile(course, path) {
  const device = await openDevice();
  /** @type {Row | undefined} */
  const row = await read(device, "courses", course);
  const file = row?.current && packOf(row.current).files.find((each) => each.path === path);
  if (!row || !file) return new Response(null, { status: 404 });
  if (Date.now() - row.usedAt > FRESH_USE_MS) await change(course, { usedAt: Date.now() });
  const cache = await caches.open(FILES_CACHE);
  const parts = await Promise.all(piecesOf(course, file).map((piece) => cache.match(piece.url, { ignoreVary: true })));
  if (parts.some((part) => !part)) return new Response(null, { status: 404 });
  const blobs = await Promise.all(parts.map((part) => /** @type {Response} */ (part).blob()));
  return new Response(new Blob(blobs, { type: file.type }), { headers: { "Content-Type": file.type } });
}

/**
 * What a download would bring, and what is here of it. Asks the site where `ask` is true.
 * @param {string} course @param {string} lang the language to add where the course is not here yet
 */
export async function look(course, lang, ask = true) {
  /** @type {Row | undefined} */
  const row = await read(await openDevice(), "courses", course);
  const manifest = ask ? await fetchManifest(course) : (row?.next ?? row?.current ?? null);
  const languages = languagesFor(row, manifest, lang);
  const [missing, total] = manifest ? await missingOf(course, manifest, languages) : [[], 0];
  const isWhole = Boolean(row?.current) && !(await missingOf(course, /** @type {Manifest} */ (row?.current), row?.languages ?? []))[0].length;
  const isNewest = !manifest || manifest.sha256 === row?.current?.sha256;
  return { row, total, missing: sizeOf(missing), isWhole: row?.state === "ready" && isWhole, isNewest };
}

/**
 * Bring a course onto this device, or its newest version, from where the last try stopped.
 * @param {string} course
 * @param {{lang?: string, signal?: AbortSignal, onProgress?: (done: number, total: number, isWaiting: boolean) => void}} options
 */
export async function download(course, { lang = "", signal, onProgress = () => {} } = {}) {
  const done = await navigator.locks.request(lockOf(course), { ifAvailable: true }, async (lock) => {
    if (!lock) throw new DownloadError("elsewhere");
    const stop = new AbortController();
    signal?.addEventListener("abort", () => stop.abort());
    running.set(course, stop);
    try {
      return await bring(course, lang, stop.signal, onProgress);
    } finally {
      running.delete(course);
    }
  });
  tell({ course, state: "ready" });
  return done;
}

/** Stop a download, here or in another tab; what came stays. @param {string} course */
export async function pause(course) {
  await change(course, { isPaused: true });
  running.get(course)?.abort();
  tell({ course, state: "pausing" });
}

/** Go on with a download. @param {string} course @param {Parameters<typeof download>[1]} options */
export function resume(course, options) {
  return download(course, options);
}

/** Take a course off this device. What was done in it stays. @param {string} course */
export function remove(course) {
  return clear(course, null);
}

/** Read every file again and compare it with the manifest; what is missing or damaged can be downloaded again. @param {string} course */
export async function verify(course) {
  /** @type {Row | undefined} */
  const row = await read(await openDevice(), "courses", course);
  if (!row?.current) return false;
  const isWhole = await holds(course, row.current, row.languages);
  await change(course, isWhole ? { verifiedAt: Date.now() } : { state: "partial", next: row.current });
  tell({ course, state: isWhole ? "ready" : "partial" });
  return isWhole;
}

/** Make room for answers: take off the course that was used least lately. @returns {Promise<boolean>} whether there was one */
export async function freeRoom() {
  const here = (await listCourses()).filter((row) => row.state !== "dropped");
  const [least] = here.sort((one, other) => Number(one.state === "ready") - Number(other.state === "ready") || one.usedAt - other.usedAt);
  if (!least) return false;
  await clear(least.course, { ...least, state: "dropped", current: null, next: null, bytes: 0, isPaused: true });
  return true;
}

/** @param {string} course @param {string} lang @param {AbortSignal} signal @param {(done: number, total: number, isWaiting: boolean) => void} onProgress */
async function bring(course, lang, signal, onProgress) {
  const device = await openDevice();
  /** @type {Row | undefined} */
  const before = await read(device, "courses", course);
  const manifest = await newest(course, before);
  const languages = languagesFor(before, manifest, lang);
  const [missing, total] = await missingOf(course, manifest, languages);
  await needRoom(sizeOf(missing));
  const state = before?.state === "ready" && before.current ? "ready" : "partial";
  const empty = { current: null, slugs: {}, titles: {}, bytes: 0, verifiedAt: 0, usedAt: Date.now() };
  await save({ ...empty, ...before, course, state, isPaused: false, next: manifest, languages });
  let done = total - sizeOf(missing);
  const report = (/** @type {boolean} */ isWaiting) => {
    onProgress(done, total, isWaiting);
    tell({ course, state: isWaiting ? "waiting" : "loading", done, total });
  };
  report(false);
  const onKept = (/** @type {Piece} */ piece) => {
    done += piece.size;
    report(false);
  };
  await fetchPieces(missing, { signal, onKept, onWait: () => report(true) });
  if (!(await holds(course, manifest, languages))) throw new DownloadError("damaged");
  if (!(await keepShells(languages))) throw new DownloadError("no-worker");
  if (signal.aborted) throw new DownloadError("paused");
  return flip(course, manifest, languages);
}

/** The manifest to bring; without a network the one that was on its way. @param {string} course @param {Row | undefined} row @returns {Promise<Manifest>} */
async function newest(course, row) {
  try {
    return await fetchManifest(course);
  } catch (error) {
    if (row?.next && error instanceof DownloadError && error.code === "offline") return row.next;
    throw error;
  }
}

/** Put a version in force, then let go of what it no longer needs. @param {string} course @param {Manifest} manifest @param {string[]} languages */
async function flip(course, manifest, languages) {
  const files = filesFor(packOf(manifest), languages);
  const pages = await pagesOf(course, files);
  const device = await openDevice();
  await write(device, ["courses", "files"], async (transaction) => {
    const rows = transaction.objectStore("courses");
    /** @type {Row} */
    const row = await asked(rows.get(course));
    const facts = { slugs: pages[0].slugs, titles: Object.fromEntries(pages.map((page) => [page.lang, page.title])) };
    const sizes = { bytes: sizeOf(files), verifiedAt: Date.now(), usedAt: Date.now() };
    rows.put({ ...row, ...facts, ...sizes, state: "ready", isPaused: false, current: manifest, next: null, languages });
    await mapMedia(transaction.objectStore("files"), course, files);
  });
  await sweep(course, new Set(files.flatMap((file) => piecesOf(course, file)).map((piece) => piece.url)));
  // Asked when there is something worth keeping: browsers grant it by use, and some ask the reader.
  await navigator.storage?.persist?.().catch(() => false);
  return read(device, "courses", course);
}

/** Take a course's files off; `left` is what stays of its row. @param {string} course @param {Row | null} left */
async function clear(course, left) {
  running.get(course)?.abort();
  tell({ course, state: "pausing" });
  await navigator.locks.request(lockOf(course), async () => {
    await write(await openDevice(), ["courses", "files"], async (transaction) => {
      const rows = transaction.objectStore("courses");
      left ? rows.put(left) : rows.delete(course);
      await unmapMedia(transaction.objectStore("files"), course);
    });
    await sweep(course, new Set());
  });
  tell({ course, state: left ? "dropped" : "none" });
}

/** @param {Row | undefined} row @param {Manifest | null} manifest @param {string} lang @returns {string[]} */
function languagesFor(row, manifest, lang) {
  const there = manifest ? packOf(manifest).languages : [lang];
  const wanted = [...new Set([...(row?.languages ?? []), lang])].filter((each) => there.includes(each));
  return wanted.length ? wanted.sort() : there.slice(0, 1);
}

/** @param {number} bytes */
async function needRoom(bytes) {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (bytes && quota - usage < bytes * ROOM_FACTOR) throw new DownloadError("no-room");
}

/** @param {string} course */
function lockOf(course) {
  return `relais-download-${course}`;
}
