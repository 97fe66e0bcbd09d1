/**
 * The way back from a bad service worker: takes itself and its caches away.
 *
 * Served in place of worker.js while RELAIS_SERVICE_WORKER=off. IndexedDB stays as it is: what waits
 * to be sent is there, and pages send it without a service worker too.
 */

"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith("relais-")) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ type: "worker-gone" });
}
