// @ts-check
/** The verifier as one file: the list inside it is all that it knows. */

import { readKnown, rootOf, VerifyDesk } from "./desk.js";
import { readStatus } from "./status.js";

start();

async function start() {
  const known = readKnown();
  const root = rootOf(known.root);
  const status = root && (await readStatus(known.signed, root));
  const desk = new VerifyDesk(known, () => status, async () => false);
  desk.showList();
  await desk.start();
}
