// @ts-check
/**
 * What a kind of question does on a device: the same readings and marks as on every server.
 *
 * `read` takes the fields of a question (and its HTML, where the kind must know more than the fields say)
 * and gives its response, null for no answer; `fields` is the way back; `mark` gives thousandths of a point, from 0 to 1000, for any response whatever; `describe` says a
 * response in words, a line each, from the HTML of the question; `enhance` makes the inputs of a question
 * easier to use, and says "change" on them when something changed; `told` names the parts whose feedback is told,
 * where these are others than what was chosen. An answer may be unfinished where a kind
 * says `isComplete`, and may not take the place of every other where it says `mayFollow`. A kind that `isEmbeddable` may stand in
 * a gap of a text (cloze.js).
 *
 * @typedef {{
 *   read: (fields: import("./form.js").Fields, root?: ParentNode) => any,
 *   fields: (response: any) => import("./form.js").Fields,
 *   mark: (structure: any, response: any) => number,
 *   describe: (root: ParentNode, response: any) => string[],
 *   enhance?: (root: HTMLElement) => void,
 *   told?: (structure: any, response: any) => string[],
 *   isComplete?: (root: ParentNode, response: any) => boolean,
 *   mayFollow?: (before: any, after: any) => boolean,
 *   isMarkedByHand?: boolean,
 *   isEmbeddable?: boolean,
 * }} Kind
 */

export {};
