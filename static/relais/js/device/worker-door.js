// @ts-check
/** How a page speaks with the service worker about what it keeps. */

const READY_MS = 20000;
const ANSWER_MS = 30000;

/** Let the worker keep the page for devices in these languages. @param {string[]} languages @returns {Promise<boolean>} whether all are kept */
export async function keepShells(languages) {
  const worker = await activeWorker();
  if (!worker) return false;
  const kept = await Promise.all(languages.map((lang) => ask(worker, { type: "need-shell", lang })));
  return kept.every(Boolean);
}

/** Let the worker keep the page that checks certificates. @param {string} lang @returns {Promise<boolean>} whether it is kept */
export async function keepVerifier(lang) {
  const worker = await activeWorker();
  return Boolean(worker && (await ask(worker, { type: "need-verifier", lang })));
}

/** The worker that answers for this site; it is installed where there is none yet. @returns {Promise<ServiceWorker | null>} */
async function activeWorker() {
  try {
    const isThere = await navigator.serviceWorker.getRegistration("/");
    if (!isThere) await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  } catch {
    // No network, or none is wanted: one that is here already will do.
  }
  const late = new Promise((done) => setTimeout(done, READY_MS, null));
  const registration = await Promise.race([navigator.serviceWorker.ready, late]);
  return registration?.active ?? null;
}

/** @param {ServiceWorker} worker @param {object} message @returns {Promise<any>} null where it does not answer */
function ask(worker, message) {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(done, ANSWER_MS, null);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      done(data);
    };
    worker.postMessage(message, [port2]);
  });
}
