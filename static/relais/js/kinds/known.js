// @ts-check
/**
 * The kinds that this page knows, by name: index.js fills it.
 *
 * Apart from index.js, so that a kind that holds others (a text with gaps) can ask for them without
 * two modules that load each other: such names could not be made from their contents.
 */

/** @type {Record<string, import("./kind.js").Kind>} */
export const KINDS = {};
