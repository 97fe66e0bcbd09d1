// @ts-check
/**
 * The service worker of this site, and the word that a newer one waits.
 *
 * A new version takes over when the reader says so, never in the middle of a quiz: there the word is not shown.
 */

/** Register the worker; where there is none to be had, pages work with the network alone. */
export async function registerWorker() {
  if (!navigator.serviceWorker) return;
  try {
    offer(await navigator.serviceWorker.register("/sw.js", { scope: "/" }));
  } catch {
    // Switched off on this site, or by the browser.
  }
}

/** @param {ServiceWorkerRegistration} registration */
function offer(registration) {
  if (registration.waiting) show(registration);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      // Without one in charge it is the first ever, which nobody need be asked about.
      if (next.state === "installed" && navigator.serviceWorker.controller) show(registration);
    });
  });
}

/** @param {ServiceWorkerRegistration} registration */
function show(registration) {
  const notice = document.querySelector("[data-update]");
  if (!(notice instanceof HTMLElement)) return;
  const place = () => (notice.hidden = document.querySelector("[data-quiz], [data-outbox]") !== null);
  place();
  // On a device a quiz opens and closes without a new page.
  const stage = document.querySelector("[data-stage]");
  if (stage) new MutationObserver(place).observe(stage, { childList: true });
  notice.querySelector("button")?.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage({ type: "skip-waiting" });
  });
}
