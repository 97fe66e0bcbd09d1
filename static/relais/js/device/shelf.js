// @ts-check
/** What stands where on this device: rows of courses, the map of media, and files in the cache by their hash. */

import { answer as asked, openDevice, write } from "./database.js";
import { FILES_CACHE, filesFor, hashOf, packOf, piecesOf } from "./packs.js";

/** @typedef {{sha256: string, text: string}} Manifest */
/** @typedef {{sha256: string, size: number, url: string}} Piece */
/** @typedef {{path: string, lang: string, role: string, sha256: string, size: number, type: string, chunks?: string[]}} PackFile */

/** What the course says of itself, in each language that is here. @param {string} course @param {PackFile[]} files */
export async function pagesOf(course, files) {
  const cache = await caches.open(FILES_CACHE);
  const found = files.filter((file) => file.role === "course").map((file) => cache.match(piecesOf(course, file)[0].url));
  return Promise.all((await Promise.all(found)).map((page) => /** @type {Response} */ (page).json()));
}

/** Tell the service worker which addresses it answers from here. @param {IDBObjectStore} store @param {string} course @param {PackFile[]} files */
export async function mapMedia(store, course, files) {
  await unmapMedia(store, course);
  for (const file of files.filter((each) => each.role === "media")) {
    store.put({ path: `/${file.path}`, course, type: file.type, size: file.size, pieces: piecesOf(course, file) });
  }
}

/** @param {IDBObjectStore} store @param {string} course */
export async function unmapMedia(store, course) {
  for (const row of await asked(store.getAll())) if (row.course === course) store.delete(row.path);
}

/** Delete the files of a course that nothing needs. @param {string} course @param {Set<string>} needed addresses */
export async function sweep(course, needed) {
  const cache = await caches.open(FILES_CACHE);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(`/packs/${course}/`) && !needed.has(pathname)) await cache.delete(request);
  }
}

/** Tell whether every file is here as the manifest names it. @param {string} course @param {Manifest} manifest @param {string[]} languages */
export async function holds(course, manifest, languages) {
  const cache = await caches.open(FILES_CACHE);
  for (const piece of filesFor(packOf(manifest), languages).flatMap((file) => piecesOf(course, file))) {
    const kept = await cache.match(piece.url, { ignoreVary: true });
    if (kept && (await hashOf(await kept.arrayBuffer())) === piece.sha256) continue;
    // The next try fetches it anew.
    await cache.delete(piece.url);
    return false;
  }
  return true;
}

/** @param {string} course @param {Manifest} manifest @param {string[]} languages @returns {Promise<[Piece[], number]>} what is not here, and the size of all */
export async function missingOf(course, manifest, languages) {
  const cache = await caches.open(FILES_CACHE);
  const here = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const all = new Map(filesFor(packOf(manifest), languages).flatMap((file) => piecesOf(course, file)).map((piece) => [piece.url, piece]));
  const pieces = [...all.values()];
  return [pieces.filter((piece) => !here.has(piece.url)), sizeOf(pieces)];
}

/** @param {{size: number}[]} parts */
export function sizeOf(parts) {
  return parts.reduce((sum, part) => sum + part.size, 0);
}

/** @param {any} row */
export async function save(row) {
  await write(await openDevice(), "courses", (transaction) => void transaction.objectStore("courses").put(row));
}

/** @param {string} course @param {Record<string, any>} some */
export async function change(course, some) {
  await write(await openDevice(), "courses", async (transaction) => {
    const rows = transaction.objectStore("courses");
    const row = await asked(rows.get(course));
    if (row) rows.put({ ...row, ...some });
  });
}
