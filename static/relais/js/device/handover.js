// @ts-check
/**
 * How an opened data key gets from page to page without touching the disk: the service worker keeps it for a while,
 * and other tabs that have it give it. Both may be gone at any time; then the PIN is asked again.
 *
 * Tabs also tell each other here who opened, who locked, and that somebody still types.
 */

import { newUuid } from "./ids.js";

const CHANNEL = "relais-people";
const ANSWER_MS = 500;
const READY_MS = 5000;

/**
 * @typedef {{storeId: string, key: CryptoKey}} Handed
 * @typedef {{type: "ask", id: string} | {type: "give", id: string, storeId: string, key: CryptoKey} | {type: "active"}
 *   | {type: "opened", storeId: string} | {type: "locked", storeId: string} | {type: "pin", storeId: string, hasPin: boolean}} Word
 */

/** @type {BroadcastChannel | null} */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

/** Tell the other tabs. @param {Word} word */
export function tell(word) {
  channel?.postMessage(word);
}

/** Listen to the other tabs. @param {(word: Word) => void} listener */
export function listen(listener) {
  channel?.addEventListener("message", (event) => listener(event.data));
}

/** Wait until there is a worker to hand keys on, or none is to be expected. */
export async function workerReady() {
  if (!(await navigator.serviceWorker?.getRegistration())) return;
  await Promise.race([navigator.serviceWorker.ready, new Promise((done) => setTimeout(done, READY_MS))]);
}

/** Let the service worker keep an opened key for the next page. @param {string} storeId @param {CryptoKey} key */
export async function keepKey(storeId, key) {
  (await worker())?.postMessage({ type: "keep-key", storeId, key });
}

export async function dropKey() {
  (await worker())?.postMessage({ type: "drop-key" });
}

/** Tell whether a worker is there to hand keys on. */
export async function hasWorker() {
  return Boolean(await worker());
}

/** Ask worker and tabs for the opened key of a store; null where nobody has it. @param {string} storeId @returns {Promise<CryptoKey | null>} */
export function receiveKey(storeId) {
  return new Promise((resolve) => {
    const settle = (/** @type {CryptoKey | null} */ key) => {
      clearTimeout(late);
      channel?.removeEventListener("message", heard);
      resolve(key);
    };
    const id = newUuid();
    const heard = (/** @type {MessageEvent} */ { data }) => {
      if (data.type === "give" && data.id === id && data.storeId === storeId) settle(data.key);
    };
    const late = setTimeout(() => settle(null), ANSWER_MS);
    channel?.addEventListener("message", heard);
    tell({ type: "ask", id });
    askWorker().then((handed) => handed?.storeId === storeId && settle(handed.key), () => {});
  });
}

/** @returns {Promise<Handed | null>} */
async function askWorker() {
  const active = await worker();
  if (!active) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event) => {
      resolve(event.data);
      port1.close();
    };
    active.postMessage({ type: "give-key" }, [port2]);
  });
}

/** Return the active worker also where it does not control this page yet. @returns {Promise<ServiceWorker | null>} */
async function worker() {
  if (!navigator.serviceWorker) return null;
  return navigator.serviceWorker.controller ?? (await navigator.serviceWorker.getRegistration())?.active ?? null;
}
