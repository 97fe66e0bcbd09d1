// @ts-check
/** What the kinds share that answer part by part, one value each: a response is {part: value}. */

/** Return the values that were given, by part; nothing for a response of another form. @param {any} response @returns {Map<string, string>} */
export function givenIn(response) {
  const isPlain = typeof response === "object" && response !== null && !Array.isArray(response);
  return new Map(isPlain ? Object.entries(response).filter(([, value]) => typeof value === "string" && value) : []);
}

/** Return the response that fields say, null for none. @param {import("./form.js").Fields} fields */
export function chosenIn(fields) {
  const given = Object.entries(fields).map(([part, values]) => [part, values[0]]);
  return given.length ? Object.fromEntries(given) : null;
}

/** Return the fields of a response. @param {any} response @returns {import("./form.js").Fields} */
export function fieldsOf(response) {
  return Object.fromEntries([...givenIn(response)].map(([part, value]) => [part, [value]]));
}
