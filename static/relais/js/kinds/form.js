// @ts-check
/** What the kinds share in reading a form. */

/** The inputs of a question, by name: on a page of the site, and in a paper that a device carries. */
const FIELDS = ["response", "choice"];

/**
 * Return what was chosen, blanks left out.
 * @param {FormData} form
 * @returns {string[]}
 */
export function chosenIn(form) {
  const values = FIELDS.flatMap((name) => form.getAll(name));
  return values.filter((value) => typeof value === "string" && value !== "").map(String);
}
