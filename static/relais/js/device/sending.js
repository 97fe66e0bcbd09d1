// @ts-check
/** How what waits in an outbox goes to the centre: small parcels, one after another, until all are named. */

import { answer, write } from "./database.js";
import { DoorError, post } from "./door.js";
import { VERBS } from "./statements.js";

const PARCEL_FORM = "relais-parcel/1";
const MOST_LINES = 150;
const LARGEST_PARCEL_BYTES = 64 * 1024;
// A reply takes as long as the line is slow: less than this is no difference of clocks.
const SMALLEST_OFFSET_MS = 5000;

/**
 * @typedef {import("./outbox.js").Line} Line
 * @typedef {{sent: number, held: number, error: string | null, hasEnded: boolean}} Receipt `hasEnded`: a hand-in was sent
 */

/**
 * Send all waiting lines; stop at the first fault, keeping what was not named.
 * @param {import("./outbox.js").Outbox} outbox @param {boolean} carried
 * @returns {Promise<Receipt>}
 */
export async function sendLines(outbox, carried) {
  /** @type {Receipt} */
  const receipt = { sent: 0, held: 0, error: null, hasEnded: false };
  try {
    for (let most = MOST_LINES; ; ) {
      const lines = await oldest(outbox.db, most);
      if (!lines.length) return receipt;
      const { taken, body, headers, hasEnd } = await pack(outbox, lines, carried);
      try {
        const reply = await post("/sync/statements/", body, { ...headers, ...(await introduction(outbox, carried)) });
        const named = await settle(outbox.db, lines.slice(0, taken), reply, carried);
        // A reply that names none of ours would be asked for again for ever.
        if (!named.sent && !named.held) return { ...receipt, error: "fault" };
        receipt.sent += named.sent;
        receipt.held += named.held;
        receipt.hasEnded ||= hasEnd;
      } catch (error) {
        if (!(error instanceof DoorError) || error.status !== 413 || taken === 1) throw error;
        most = Math.ceil(taken / 2);
      }
    }
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    return { ...receipt, error: error.code };
  }
}

/** @param {IDBDatabase} db @param {number} most @returns {Promise<Line[]>} */
function oldest(db, most) {
  return answer(db.transaction("outbox").objectStore("outbox").index("state").getAll("waiting", most));
}

/** Pack as many of the lines as fit. @param {import("./outbox.js").Outbox} outbox @param {Line[]} lines @param {boolean} carried */
async function pack(outbox, lines, carried) {
  const texts = await Promise.all(lines.map(async (line) => (carried ? null : await outbox.open(line)) ?? line.sealed));
  for (let taken = texts.length; ; taken = Math.ceil(taken / 2)) {
    const parcel = await squeeze(parcelOf(texts.slice(0, taken)));
    if (taken === 1 || parcel.size <= LARGEST_PARCEL_BYTES) return { taken, hasEnd: texts.some((text) => text.includes(VERBS.submitted)), ...parcel };
  }
}

/** @param {string} text @returns {Promise<{body: BodyInit, size: number, headers: Record<string, string>}>} */
async function squeeze(text) {
  const headers = { "Content-Type": "text/plain; charset=utf-8" };
  const plain = new Blob([text]);
  if (typeof CompressionStream === "undefined") return { body: await plain.arrayBuffer(), size: plain.size, headers };
  const body = await new Response(plain.stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  return { body, size: body.byteLength, headers: { ...headers, "Content-Encoding": "gzip" } };
}

/** Say whose lines these are, what this device's clock says, and what waits. @param {import("./outbox.js").Outbox} outbox @param {boolean} carried */
async function introduction(outbox, carried) {
  const { count, since } = await outbox.waiting();
  /** @type {Record<string, string>} */
  const headers = { "Relais-Person": outbox.person.uuid ?? "", "Relais-Clock": new Date().toISOString() };
  headers["Relais-Waiting"] = since ? `${count} ${since}` : `${count}`;
  if (carried) headers["Relais-Carried"] = "1";
  return headers;
}

/**
 * Write down what the centre said of each line, in one change. A line that it could not read has no id:
 * then its place in the parcel names it.
 * @param {IDBDatabase} db @param {Line[]} lines @param {any} reply @param {boolean} carried
 */
function settle(db, lines, reply, carried) {
  const stored = new Set(reply.stored ?? []);
  const held = new Map((reply.held ?? []).map((/** @type {any} */ each) => [each.id || lines[each.line]?.id, each]));
  const offset = Date.parse(reply.time) - Date.now();
  return write(db, ["outbox", "kept"], async (transaction) => {
    const named = { sent: 0, held: 0 };
    const store = transaction.objectStore("outbox");
    for (const line of /** @type {Line[]} */ (await answer(store.index("state").getAll("waiting")))) {
      const refusal = held.get(line.id);
      if (stored.has(line.id)) {
        named.sent += 1;
        store.put({ ...line, state: "sent", sealed: "", settled: reply.time });
      } else if (refusal) {
        named.held += 1;
        store.put({ ...line, state: "parked", reason: refusal.reason, text: refusal.text ?? "", settled: reply.time });
      }
    }
    if (!carried && Number.isFinite(offset)) {
      transaction.objectStore("kept").put({ key: "clock", offset: Math.abs(offset) < SMALLEST_OFFSET_MS ? 0 : Math.round(offset) });
    }
    return named;
  });
}

/** Return the text of a parcel. @param {string[]} lines */
export function parcelOf(lines) {
  return [PARCEL_FORM, ...lines, ""].join("\n");
}
