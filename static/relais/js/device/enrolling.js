// @ts-check
/** The first time of a person on a device: keys are made here, and the site is told the public half. */

import { postJson } from "./door.js";
import { newUuid } from "./ids.js";
import { newDataKey, newSigningKey, randomBytes, sign, wrapDataKey } from "./keys.js";
import { alone } from "./pins.js";
import { changeRow, putRow, rowOfPerson, wrapKey } from "./roster.js";
import { pageData } from "./session.js";
import { askSession, learnSite } from "./site.js";

/** @typedef {import("./roster.js").Row} Row */

const ENROL = "/sync/devices/";
const COLOURS = 8;
const MOST_INITIALS = 3;

/**
 * Return the row of the person for whom the site made this page: as it is, opened anew after a sign-out, or enrolled.
 * Null where the site's session is of somebody else.
 * @param {string} uuid @returns {Promise<Row | null>}
 */
export function rowOrEnrol(uuid) {
  return alone(async () => {
    const known = await rowOfPerson(uuid);
    if (!known) return enrol(uuid);
    return known.wrapped ? known : changeRow(known.storeId, { wrapped: await newWrapped(known.storeId), usedAt: Date.now() });
  });
}

/** @param {string} uuid @returns {Promise<Row | null>} */
async function enrol(uuid) {
  const session = await askSession();
  if (session.person !== uuid) return null;
  await learnSite(session);
  const row = await newRow(uuid);
  const proof = await sign(/** @type {CryptoKey} */ (row.signingKey), `relais-enrol/1 ${row.device} ${uuid}`);
  const { actor } = await postJson(ENROL, { public_key: row.publicKey, device: row.device, proof });
  // Written only now: a row that the site does not know would sign what nobody accepts.
  await putRow({ ...row, actor });
  return { ...row, actor };
}

/** @param {string} storeId */
async function newWrapped(storeId) {
  return wrapDataKey(newDataKey(), storeId, "", await wrapKey());
}

/** @param {string} uuid @returns {Promise<Row>} */
async function newRow(uuid) {
  const storeId = newUuid();
  return {
    storeId,
    uuid,
    actor: "",
    device: newUuid(),
    // All that stands readable of a name: what tells two people apart in a list.
    initials: [...(pageData().initials ?? "")].slice(0, MOST_INITIALS).join(""),
    colour: randomBytes(1)[0] % COLOURS,
    ...(await newSigningKey()),
    wrapped: await newWrapped(storeId),
    tries: 0,
    usedAt: Date.now(),
    savedTo: 0,
    isErased: false,
  };
}
