// @ts-check
/**
 * The verifier's page on the site: works without a network once it was opened.
 *
 * The service worker keeps the page; the list of withdrawals is kept here, and renewed whenever the site
 * answers. It is public and signed, so that it matters to nobody where it was kept.
 */

import { keepVerifier } from "../device/worker-door.js";
import { readKnown, VerifyDesk } from "./desk.js";
import { readStatus } from "./status.js";

const KEPT_AS = "relais-verify-status";
const WAIT_MS = 8000;

start();

async function start() {
  const known = readKnown();
  /** @type {import("./status.js").StatusLists | null} */
  let status = null;
  const desk = new VerifyDesk(known, () => status, async () => Boolean(await fetched(known.status)));
  if (!desk.root) return;
  status = await readStatus(kept(), desk.root);
  desk.showList();
  await desk.start();
  const signed = await fetched(known.status);
  const newer = signed && (await readStatus(signed, desk.root));
  // Never an older list than the one here: it might leave out a withdrawal.
  if (newer && newer.issuedAt >= (status?.issuedAt ?? 0)) {
    status = newer;
    keep(signed);
  }
  await desk.again();
  const ready = document.querySelector("[data-kept]");
  if ("serviceWorker" in navigator && (await keepVerifier(known.language)) && ready instanceof HTMLElement) ready.hidden = false;
}

/** @param {string} address @returns {Promise<any>} null where the site does not answer */
async function fetched(address) {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), WAIT_MS);
  try {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache", signal: patience.signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null");
  } catch {
    return null;
  }
}

/** @param {unknown} signed */
function keep(signed) {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(signed));
  } catch {
    // Full, or not allowed here: the page then needs the site for its list.
  }
}
