/**
 * The service worker: pages without a network, and the files of downloaded courses.
 *
 * The server puts `const CONFIG = {…}` in front of this file (sync/views/worker.py).
 *
 * Rules:
 * - A page of the site is one person's: it is never cached. What stands in for it is the neutral page
 *   for devices ("shell"), which reads the device's own store; for the page that checks certificates, itself.
 * - Only GET requests of our own origin are looked at. Wagtail's admin, documents and the interfaces
 *   under /sync/ and /packs/ go straight to the network.
 * - A new version waits until a page asks for it; it never changes under an open quiz.
 * - Nothing here writes to IndexedDB. The files of courses are put and removed by downloads.js.
 */

"use strict";

const SHELL_PREFIX = "relais-shell-";
const SHELL_CACHE = SHELL_PREFIX + CONFIG.version;
const FILES_CACHE = "relais-files";
const DEVICE_DATABASE = "relais-device";
const PAGE_WAIT_MS = 4000;
const COURSE_WAIT_MS = 2500;
// Who reloads a page asks for the real one and is ready to wait.
const RELOAD_WAIT_MS = 20000;
const KEY_KEPT_MS = 5 * 60 * 1000;
// A database that is being changed in another tab must not hold a page up.
const STORE_WAIT_MS = 1000;
const GATEWAY_FAULTS = [502, 503, 504];
// A stored answer is ours whatever request it is for: what it varies by does not matter here.
const ANY = { ignoreVary: true };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => answerMessage(event));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    // A frame is a preview in Wagtail's admin: an editor wants what the server says now.
    if (event.request.destination === "document" && isPage(url.pathname)) event.respondWith(page(event, url));
  } else if (url.pathname.startsWith(CONFIG.staticUrl)) {
    event.respondWith(staticFile(event.request));
  } else if (url.pathname.startsWith(CONFIG.mediaUrl)) {
    event.respondWith(mediaFile(event.request, url));
  }
});

// Installing

/** Keep everything of this version, or fail as a whole: the browser then tries again later. */
async function install() {
  const cache = await caches.open(SHELL_CACHE);
  const languages = await wantedLanguages();
  await Promise.all([
    ...CONFIG.assets.map((address) => keepAsset(cache, address)),
    ...languages.map((language) => keepShell(cache, language)),
  ]);
  // Who could check certificates before can do so with the new version.
  const before = await caches.keys();
  const kept = await Promise.all(before.filter((name) => name.startsWith(SHELL_PREFIX)).map((name) => keptPages(name, CONFIG.verifiers)));
  await Promise.all([...new Set(kept.flat())].map(keepVerifier));
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELL_PREFIX) && name !== SHELL_CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

/** The languages of open pages, of the version before and of the browser; the site's where there is none. */
async function wantedLanguages() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const before = await Promise.all((await caches.keys()).filter((name) => name.startsWith(SHELL_PREFIX)).map((name) => keptPages(name, CONFIG.shells)));
  const found = [...pages.map((each) => languageOf(new URL(each.url).pathname)), ...before.flat(), ...browserLanguages()];
  const known = [...new Set(found)].filter((each) => each in CONFIG.shells);
  return known.length ? known : [CONFIG.language];
}

function browserLanguages() {
  return (self.navigator.languages ?? []).map((each) => each.split("-")[0]);
}

/** The languages of those of these pages that a version keeps. @param {string} name @param {Record<string, string>} pages */
async function keptPages(name, pages) {
  const cache = await caches.open(name);
  const addresses = (await cache.keys()).map((request) => new URL(request.url).pathname);
  return Object.keys(pages).filter((language) => addresses.includes(pages[language]));
}

/** Keep a static file; one that is named by its content is taken over from the version before. */
async function keepAsset(cache, address) {
  const before = isHashed(address) ? await caches.match(address, ANY) : undefined;
  await cache.put(address, before ?? (await fetched(address, isHashed(address) ? "default" : "no-cache")));
}

/** Keep the neutral page of a language, and the one to leave to, asked for without cookies: they are nobody's. */
async function keepShell(cache, language) {
  await cache.put(CONFIG.refuges[language], await fetched(CONFIG.refuges[language], "no-cache"));
  await cache.put(CONFIG.shells[language], await fetched(CONFIG.shells[language], "no-cache"));
}

/** Keep the page that checks certificates, for somebody who opened it; tell whether it is kept. */
async function keepVerifier(language) {
  if (!(language in CONFIG.verifiers)) return false;
  const cache = await caches.open(SHELL_CACHE);
  if (await cache.match(CONFIG.verifiers[language], ANY)) return true;
  const page = fetched(CONFIG.verifiers[language], "no-cache");
  const assets = [...CONFIG.assets, ...CONFIG.verifierAssets];
  await Promise.all(assets.map(async (address) => (await cache.match(address, ANY)) ?? keepAsset(cache, address)));
  // The page last: where it is, all that it loads is.
  await cache.put(CONFIG.verifiers[language], await page);
  return true;
}

async function fetched(address, mode) {
  const answer = await fetch(address, { cache: mode, credentials: "omit", redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** @param {string} address */
function isHashed(address) {
  return /\.[0-9a-f]{12}\.\w+$/.test(address);
}

// Pages

/** @param {string} path */
function languageOf(path) {
  return path.split("/")[1] ?? "";
}

/** @param {string} path */
function isPage(path) {
  return path === "/" || languageOf(path) in CONFIG.shells;
}

/** The page from the network; without one, or when it takes too long, the neutral page at the same address. */
async function page(event, url) {
  const refuge = await keptRefuge(url.pathname);
  if (refuge) return refuge;
  const asked = fetch(event.request);
  const answered = asked.catch(() => null);
  const answer = await Promise.race([answered, pause(await patience(event.request, url.pathname))]);
  if (answer && !GATEWAY_FAULTS.includes(answer.status)) {
    event.waitUntil(learnLanguage(languageOf(url.pathname)));
    return answer;
  }
  const shell = await shellFor(url.pathname);
  if (!shell) return asked;
  // Nobody will read the late answer: on a slow line its bytes are needed for something else.
  event.waitUntil(answered.then((late) => late?.body?.cancel()));
  return shell;
}

/** The page to leave to, as it is kept: who leaves a hard page waits for no network. @param {string} path */
async function keptRefuge(path) {
  if (!Object.values(CONFIG.refuges).includes(path)) return undefined;
  return (await caches.open(SHELL_CACHE)).match(path, ANY);
}

async function patience(request, path) {
  if (await isDownloaded(path)) return COURSE_WAIT_MS;
  return request.cache === "default" ? PAGE_WAIT_MS : RELOAD_WAIT_MS;
}

/** Tell whether an address belongs to a course that works here without a network. */
async function isDownloaded(path) {
  const slug = /^\/[a-z-]+\/courses\/([^/]+)\//.exec(path)?.[1];
  if (!slug) return false;
  const courses = (await readDevice("courses", (store) => store.getAll())) ?? [];
  return courses.some((each) => each.state === "ready" && Object.values(each.slugs ?? {}).includes(slug));
}

/** @returns {Promise<Response | undefined>} the page in the language of the path, else in one of the reader's */
async function shellFor(path) {
  const cache = await caches.open(SHELL_CACHE);
  const kept = Object.values(CONFIG.verifiers).includes(path) ? CONFIG.verifiers : CONFIG.shells;
  for (const language of [languageOf(path), ...browserLanguages(), CONFIG.language, ...Object.keys(kept)]) {
    const shell = language in kept && (await cache.match(kept[language], ANY));
    if (shell) return shell;
  }
  return undefined;
}

/** Keep the page of a language that the reader has turned to; tell whether it is kept. */
async function learnLanguage(language) {
  if (!(language in CONFIG.shells)) return false;
  const cache = await caches.open(SHELL_CACHE);
  if (await cache.match(CONFIG.shells[language], ANY)) return true;
  return keepShell(cache, language).then(() => true, () => false);
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms, null));
}

// Files

/** What is named by its content comes from the cache first; anything else only when the network fails. */
async function staticFile(request) {
  const kept = async () => (await caches.open(SHELL_CACHE)).match(request, ANY);
  if (isHashed(new URL(request.url).pathname)) return (await kept()) ?? fetch(request);
  return fetch(request).catch(async (error) => (await kept()) ?? Promise.reject(error));
}

/** A picture or film of a downloaded course, whole or the part that is asked for; else from the network. */
async function mediaFile(request, url) {
  const row = await readDevice("files", (store) => store.get(decodeURIComponent(url.pathname)));
  return (row && (await keptFile(row, request.headers.get("Range") ?? ""))) ?? fetch(request);
}

/** @returns {Promise<Response | null>} null where the file is not whole on this device */
async function keptFile(row, header) {
  const range = readRange(header, row.size);
  const headers = { "Content-Type": row.type, "Accept-Ranges": "bytes", "X-Content-Type-Options": "nosniff" };
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${row.size}` } });
  }
  const { start, stop } = range ?? { start: 0, stop: row.size };
  const cache = await caches.open(FILES_CACHE);
  const here = await Promise.all(row.pieces.map((piece) => cache.match(piece.url, ANY)));
  if (here.some((each) => !each)) return null;
  const body = bytesOf(here, row.pieces, start, stop);
  if (!range) return new Response(body, { headers: { ...headers, "Content-Length": String(row.size) } });
  const told = { "Content-Length": String(stop - start), "Content-Range": `bytes ${start}-${stop - 1}/${row.size}` };
  return new Response(body, { status: 206, headers: { ...headers, ...told } });
}

/** Stream the bytes from `start` up to `stop`, one piece at a time: a film is never whole in memory. */
function bytesOf(answers, pieces, start, stop) {
  let index = 0;
  let begin = 0;
  return new ReadableStream({
    async pull(controller) {
      while (index < pieces.length) {
        const [answer, from] = [answers[index], begin];
        begin += pieces[index].size;
        index += 1;
        if (begin <= start || from >= stop) continue;
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return controller.enqueue(bytes.subarray(Math.max(start - from, 0), Math.min(stop - from, bytes.length)));
      }
      return controller.close();
    },
  });
}

/** Read a Range header as elearning/lib/ranges.py does. */
function readRange(header, size) {
  const found = /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header.trim());
  if (!found || (!found[1] && !found[2])) return null;
  if (!found[1]) {
    const last = Number(found[2]);
    return last && size ? { start: Math.max(size - last, 0), stop: size } : "unsatisfiable";
  }
  const start = Number(found[1]);
  if (found[2] && Number(found[2]) < start) return null;
  if (start >= size) return "unsatisfiable";
  return { start, stop: found[2] ? Math.min(Number(found[2]) + 1, size) : size };
}

/** Read from the device's own store; undefined where there is none. It is never made here. */
function readDevice(storeName, ask) {
  return new Promise((done) => {
    setTimeout(done, STORE_WAIT_MS);
    const opening = indexedDB.open(DEVICE_DATABASE);
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => done(undefined);
    opening.onsuccess = () => {
      const database = opening.result;
      database.onversionchange = () => database.close();
      const asked = database.objectStoreNames.contains(storeName)
        ? ask(database.transaction(storeName).objectStore(storeName))
        : null;
      if (asked) {
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(undefined);
      } else done(undefined);
      // Closes once the request above is through.
      database.close();
    };
  });
}

// Messages of pages

/** The data key of whoever is unlocked on this device. In memory only: it dies with this worker. */
let keptKey = null;
let forgetting = 0;

function answerMessage(event) {
  const { type, storeId, key, lang } = event.data ?? {};
  const reply = (value) => event.ports[0]?.postMessage(value);
  if (type === "keep-key") keepKey({ storeId, key });
  else if (type === "give-key") reply(keptKey);
  else if (type === "drop-key") keepKey(null);
  else if (type === "skip-waiting") event.waitUntil(self.skipWaiting());
  else if (type === "need-verifier") event.waitUntil(keepVerifier(lang).catch(() => false).then(reply));
  else if (type === "need-shell") event.waitUntil(learnLanguage(lang).then(reply));
}

/** Keep a key until no page has spoken of it for a while. */
function keepKey(given) {
  clearTimeout(forgetting);
  keptKey = given;
  if (given) forgetting = setTimeout(() => keepKey(null), KEY_KEPT_MS);
}
