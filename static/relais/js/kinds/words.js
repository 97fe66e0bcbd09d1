// @ts-check
/** Words that a template has translated, with places for values in them: of the kinds, and of the player. */

/** Return the text with each {name} replaced by its value. @param {string} text @param {Record<string, any>} values */
export function put(text, values) {
  return text.replace(/\{(\w+)\}/gu, (place, name) => (name in values ? String(values[name]) : place));
}
