// @ts-check
/** The button that leaves a page of the site. */

import { watchLeaving } from "./leaving.js";

watchLeaving(document);
