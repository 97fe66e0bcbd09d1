// @ts-check
/** Bringing to the site what stands sealed on this device and cannot be opened here. */

import { openPerson } from "./database.js";
import { openOutbox } from "./outbox.js";
import { people, rowOf, sweep } from "./roster.js";

/** Return somebody as far as anybody may handle them: what is sealed can be counted, carried and saved. @param {string} storeId */
export async function closedPerson(storeId) {
  const row = await rowOf(storeId);
  if (!row) throw new Error("nobody has this store");
  return { storeId, uuid: row.uuid, initials: row.initials, db: await openPerson(storeId) };
}

/** Bring what a person left in earlier stores of theirs, whose keys were erased. @param {import("./roster.js").Row} row */
export async function bringOwn({ storeId, uuid }) {
  const earlier = (await people()).filter((who) => who.uuid === uuid && who.storeId !== storeId && who.waiting);
  for (const who of earlier) await openOutbox(await closedPerson(who.storeId)).send({ carried: true });
  if (earlier.length) await sweep();
}
