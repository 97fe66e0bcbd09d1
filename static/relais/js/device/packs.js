// @ts-check
/**
 * Course packs on their way to this device: the manifest is checked before a file is asked for, and each
 * piece is hashed before it is kept. Nothing here knows a page or a person.
 */

import { DoorError, fetchJson } from "./door.js";
import { isSignedBy } from "./keys.js";
import { askSession, knownSite, learnSite, UnknownSiteError } from "./site.js";

/** @typedef {{path: string, lang: string, role: string, sha256: string, size: number, type: string, chunks?: string[]}} PackFile */
/** @typedef {{format: string, course: string, languages: string[], files: PackFile[]}} Pack */
/** @typedef {{sha256: string, text: string}} Manifest */
/** @typedef {{sha256: string, size: number, url: string}} Piece */

export const FILES_CACHE = "relais-files";
const FORMAT = "relais-pack/1";
const CHUNK_BYTES = 256 * 1024;
const AT_ONCE = 3;
// A line may be slow for as long as it likes; one on which nothing moves is dead.
const STALLED_MS = 30000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60000;
const DAMAGED_LIMIT = 3;

/**
 * Why a course did not come. `code` is one of: offline, signed-out, refused, fault, signature, damaged,
 * no-room, no-worker, paused, elsewhere.
 */
export class DownloadError extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Ask for the manifest in force and check it. @param {string} course @returns {Promise<Manifest>} */
export async function fetchManifest(course) {
  try {
    const { text, sha256, signature } = await fetchJson(`/packs/${course}/manifest/`);
    if (!(await isOurs(text, signature)) || (await hashOf(new TextEncoder().encode(text))) !== sha256) {
      throw new DownloadError("signature");
    }
    const pack = JSON.parse(text);
    if (pack.format !== FORMAT || pack.course !== course) throw new DownloadError("signature");
    return { sha256, text };
  } catch (error) {
    if (error instanceof UnknownSiteError) throw new DownloadError("signature");
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(error instanceof DoorError ? error.code : "offline");
  }
}

/**
 * Tell whether a key that the site's root certified signed a text. The keys that this device learnt count,
 * not those that came with the text: an old list with a lost key on it would bear the root's signature too.
 * @param {string} text @param {string} signature
 */
async function isOurs(text, signature) {
  const known = await knownSite();
  return (known && (await vouches(known, text, signature))) || vouches(await learnSite(await askSession()), text, signature);
}

/** @param {{keys: {purpose: string, spki: string}[]}} site @param {string} text @param {string} signature */
async function vouches({ keys }, text, signature) {
  for (const each of keys) {
    if (each.purpose === "packs" && (await isSignedBy(each.spki, signature, text))) return true;
  }
  return false;
}

/** @param {Manifest} manifest @returns {Pack} */
export function packOf(manifest) {
  return JSON.parse(manifest.text);
}

/** The files that somebody needs who reads in these languages. @param {Pack} pack @param {string[]} languages */
export function filesFor(pack, languages) {
  return pack.files.filter((file) => !file.lang || languages.includes(file.lang));
}

/** A file as it travels: whole or in pieces. @param {string} course @param {PackFile} file @returns {Piece[]} */
export function piecesOf(course, file) {
  return (file.chunks ?? [file.sha256]).map((sha256, index) => ({
    sha256,
    size: file.chunks ? Math.min(CHUNK_BYTES, file.size - index * CHUNK_BYTES) : file.size,
    url: `/packs/${course}/files/${sha256}/`,
  }));
}

/** @param {BufferSource} bytes @returns {Promise<string>} */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Fetch pieces and keep each, some at once, until all are here. A cut connection is tried again for ever.
 * @param {Piece[]} pieces
 * @param {{signal: AbortSignal, onKept: (piece: Piece) => void, onWait: () => void}} options
 */
export async function fetchPieces(pieces, { signal, onKept, onWait }) {
  const cache = await caches.open(FILES_CACHE);
  const queue = [...pieces];
  const stop = stoppedBy(signal);
  const work = async () => {
    for (let piece = queue.shift(); piece; piece = queue.shift()) {
      await keepPiece(cache, piece, stop.signal, onWait);
      onKept(piece);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    // One failed for good: the others would go on behind the message that says so.
    stop.abort();
  }
}

/** @param {Cache} cache @param {Piece} piece @param {AbortSignal} signal @param {() => void} onWait */
async function keepPiece(cache, piece, signal, onWait) {
  let damaged = 0;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const reply = await fetchPiece(piece, signal);
    if (signal.aborted) throw new DownloadError("paused");
    if (reply) {
      if ((await hashOf(reply.bytes)) === piece.sha256) return put(cache, piece, reply);
      damaged += 1;
      if (damaged === DAMAGED_LIMIT) throw new DownloadError("damaged");
    }
    onWait();
    await pauseUntilOnline(wait * (0.5 + Math.random()), signal);
  }
}

/** @param {Piece} piece @param {AbortSignal} signal @returns {Promise<{bytes: Uint8Array<ArrayBuffer>, type: string} | null>} null to try again */
async function fetchPiece(piece, signal) {
  const stop = stoppedBy(signal);
  let timer = setTimeout(() => stop.abort(), STALLED_MS);
  try {
    // Not through the browser's own cache: a small device would hold everything twice.
    const options = /** @type {RequestInit} */ ({ credentials: "same-origin", redirect: "error", cache: "no-store" });
    const reply = await fetch(piece.url, { ...options, signal: stop.signal });
    if (reply.status === 401) throw new DownloadError("signed-out");
    if (reply.status >= 400 && reply.status < 500) throw new DownloadError("refused");
    if (!reply.ok || !reply.body) return null;
    const parts = [];
    const reader = reply.body.getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      parts.push(value);
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), STALLED_MS);
    }
    const bytes = new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
    return { bytes, type: reply.headers.get("Content-Type") ?? "application/octet-stream" };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Cache} cache @param {Piece} piece @param {{bytes: Uint8Array<ArrayBuffer>, type: string}} reply */
async function put(cache, piece, { bytes, type }) {
  const headers = { "Content-Type": type, "Content-Length": String(bytes.length) };
  try {
    await cache.put(piece.url, new Response(bytes, { headers }));
  } catch (error) {
    throw error instanceof DOMException && error.name === "QuotaExceededError" ? new DownloadError("no-room") : error;
  }
}

/** Return what stops when `signal` does, or by itself. AbortSignal.any is too new for old tablets. @param {AbortSignal} signal */
function stoppedBy(signal) {
  const stop = new AbortController();
  if (signal.aborted) stop.abort();
  signal.addEventListener("abort", () => stop.abort(), { signal: stop.signal });
  return stop;
}

/** @param {number} ms @param {AbortSignal} signal */
function pauseUntilOnline(ms, signal) {
  return new Promise((done) => {
    const stop = new AbortController();
    const end = () => {
      stop.abort();
      clearTimeout(timer);
      done(undefined);
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end, { signal: stop.signal });
    signal.addEventListener("abort", end, { signal: stop.signal });
  });
}
