// @ts-check
/**
 * The kinds of question, as a device knows them: the same readings and marks as on every server.
 *
 * tests/data/marking/<kind>.json holds responses with their marks; Python and this registry must
 * both agree with it. A kind is a module and a line here.
 */

import { multipleChoice } from "./multiple_choice.js";
import { singleChoice } from "./single_choice.js";
import { trueFalse } from "./true_false.js";

/**
 * `read` takes what a form says, null for no answer; `values` names the inputs that stand for a
 * response; `mark` gives thousandths of a point, from 0 to 1000, for any response whatever.
 * @typedef {{
 *   read: (form: FormData) => any,
 *   values: (response: any) => string[],
 *   mark: (structure: any, response: any) => number,
 * }} Kind
 */

/** @type {Readonly<Record<string, Kind>>} */
export const KINDS = Object.freeze({
  single_choice: singleChoice,
  multiple_choice: multipleChoice,
  true_false: trueFalse,
});

/** A full mark, in thousandths of a point. */
export const FULL_MARK_MILLI = 1000;
