// @ts-check
/** The device's door to the centre: one place that knows tokens, time-outs and what a fault means. */

import { askSession } from "./site.js";

const GIVE_UP_MS = 60000;

/**
 * Why something did not arrive. `code` is one of: offline, signed-out, not-you, no-room, refused, fault.
 */
export class DoorError extends Error {
  /** @param {string} code @param {number} status @param {string} message */
  constructor(code, status = 0, message = "") {
    super(message || code);
    this.code = code;
    this.status = status;
  }
}

/** A token that was renewed since the page was made; the page's own holds before. */
let renewed = "";

/** Get JSON. @param {string} path @returns {Promise<any>} */
export async function fetchJson(path) {
  return read(await reach(path, {}));
}

/** Post JSON. @param {string} path @param {unknown} value @returns {Promise<any>} */
export function postJson(path, value) {
  return post(path, JSON.stringify(value), { "Content-Type": "application/json" });
}

/**
 * Post a body with the token of whoever is signed in now; a token that went out of date is renewed once.
 * @param {string} path @param {BodyInit} body @param {Record<string, string>} headers @returns {Promise<any>}
 */
export async function post(path, body, headers) {
  const send = async () => reach(path, { method: "POST", body, headers: { ...headers, "X-CSRFToken": await token() } });
  let reply = await send();
  if (reply.status === 403) {
    renewed = "";
    await renew();
    reply = await send();
  }
  return read(reply);
}

async function token() {
  const page = document.querySelector("#relais");
  return renewed || (page instanceof HTMLElement && page.dataset.csrf) || renew();
}

async function renew() {
  const session = await askSession().catch(() => {
    throw new DoorError("offline");
  });
  renewed = session.csrf;
  return renewed;
}

/** @param {string} path @param {RequestInit} options @returns {Promise<Response>} */
async function reach(path, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
  try {
    const headers = { Accept: "application/json", ...options.headers };
    const reply = await fetch(path, { ...options, headers, credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal });
    // The body is awaited here too, within the same time: a line may die in its middle.
    const body = reply.type === "opaqueredirect" ? null : await reply.arrayBuffer();
    return new Response(body?.byteLength ? body : null, { status: reply.status || 401, headers: reply.headers });
  } catch {
    throw new DoorError("offline");
  } finally {
    clearTimeout(timer);
  }
}

/** @param {Response} reply @returns {Promise<any>} */
async function read(reply) {
  const isJson = (reply.headers.get("Content-Type") ?? "").startsWith("application/json");
  const said = isJson ? await reply.json().catch(() => null) : null;
  if (reply.ok && said) return said;
  throw new DoorError(codeOf(reply.status, Boolean(said)), reply.status, said?.message);
}

/**
 * A gateway that cannot reach the site, or a page of somebody else (the sign-in page of a hotel's
 * network says 200 in HTML), is no connection to the centre.
 * @param {number} status @param {boolean} isOurs
 */
function codeOf(status, isOurs) {
  if (status === 401) return "signed-out";
  if (status === 409) return "not-you";
  if (status === 507) return "no-room";
  if (!isOurs && (status < 300 || [502, 503, 504].includes(status))) return "offline";
  return status >= 500 ? "fault" : "refused";
}
