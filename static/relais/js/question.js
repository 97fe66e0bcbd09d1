// @ts-check
/** Make the questions of a page easier to use where nothing else does: in practice on the site, and in a preview. */

import { KINDS } from "./kinds/index.js";

for (const form of document.querySelectorAll("form")) {
  // Each kind knows its own questions; one page may show several.
  for (const kind of Object.values(KINDS)) kind.enhance?.(form);
}
