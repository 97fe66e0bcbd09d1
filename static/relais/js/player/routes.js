// @ts-check
/** The site's own addresses, read and written as its URL patterns have them. Pure. */

const UUID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
const SLUG = "([-\\w]+)";

/** @type {[string, RegExp, string[]][]} */
const PATTERNS = [
  ["home", /^(?:device\/shell\/)?$/u, []],
  ["courses", /^courses\/$/u, []],
  ["path", new RegExp(`^paths/${SLUG}/$`, "u"), ["path"]],
  ["course", new RegExp(`^courses/${SLUG}/$`, "u"), ["course"]],
  ["sheet", new RegExp(`^courses/${SLUG}/sheets/${SLUG}/$`, "u"), ["course", "sheet"]],
  ["lesson", new RegExp(`^courses/${SLUG}/${SLUG}/$`, "u"), ["course", "lesson"]],
  ["start", new RegExp(`^quizzes/${UUID}/start/$`, "u"), ["quiz"]],
  ["attempt", new RegExp(`^attempts/${UUID}/$`, "u"), ["attempt"]],
  ["question", new RegExp(`^attempts/${UUID}/([1-9]\\d{0,3})/$`, "u"), ["attempt", "number"]],
  ["review", new RegExp(`^attempts/${UUID}/review/$`, "u"), ["attempt"]],
  ["result", new RegExp(`^attempts/${UUID}/result/$`, "u"), ["attempt"]],
  ["follow-up", new RegExp(`^cohorts/${UUID}/follow-up/([36])/$`, "u"), ["cohort", "months"]],
  ["device", /^device\/$/u, []],
];

/** @typedef {{name: string, language: string, rest: string, values: Record<string, string>}} Route */

/**
 * Return what an address asks for; "absent" for one that a device cannot show.
 * @param {string} pathname
 * @returns {Route}
 */
export function routeOf(pathname) {
  const [, language = "", rest = ""] = /^\/([a-z]{2})(?:\/(.*))?$/u.exec(pathname) ?? [];
  for (const [name, pattern, names] of PATTERNS) {
    const found = language ? pattern.exec(rest) : null;
    if (!found) continue;
    return { name, language, rest, values: Object.fromEntries(names.map((each, place) => [each, found[place + 1]])) };
  }
  return { name: "absent", language, rest, values: {} };
}

/**
 * Return the addresses of the site in one language.
 * @param {string} language
 */
export function addressesIn(language) {
  const root = `/${language}/`;
  return {
    home: root,
    courses: `${root}courses/`,
    device: `${root}device/`,
    /** @param {string} slug */
    path: (slug) => `${root}paths/${slug}/`,
    /** @param {string} slug */
    course: (slug) => `${root}courses/${slug}/`,
    /** @param {string} course @param {string} lesson @param {string} place */
    lesson: (course, lesson, place = "") => `${root}courses/${course}/${lesson}/${place ? `#${place}` : ""}`,
    /** @param {string} course @param {string} sheet */
    sheet: (course, sheet) => `${root}courses/${course}/sheets/${sheet}/`,
    refuge: `${root}measures/`,
    /** @param {string} quiz */
    start: (quiz) => `${root}quizzes/${quiz}/start/`,
    /** @param {string} attempt */
    attempt: (attempt) => `${root}attempts/${attempt}/`,
    /** @param {string} attempt @param {number} number */
    question: (attempt, number) => `${root}attempts/${attempt}/${number}/`,
    /** @param {string} attempt */
    review: (attempt) => `${root}attempts/${attempt}/review/`,
    /** @param {string} cohort @param {number} months */
    followUp: (cohort, months) => `${root}cohorts/${cohort}/follow-up/${months}/`,
    /** @param {string} attempt */
    result: (attempt) => `${root}attempts/${attempt}/result/`,
  };
}

/** @typedef {ReturnType<typeof addressesIn>} Addresses */
