// @ts-check
/** One job aid: a page to keep at hand, beside the lessons. */

import { nodesOf, tongueOf } from "./stage.js";

/** @param {import("./stage.js").Context} context @param {Record<string, string>} given @returns {Promise<import("./stage.js").Shown | null>} */
export async function jobAid({ templates, addresses, learner, language }, given) {
  const found = learner.courseAt(given.course);
  const entry = (found?.file.job_aids ?? []).find((/** @type {any} */ each) => each.slug === given.sheet);
  if (!found || !entry) return null;
  const { file } = found;
  const text = await learner.library.sheet(file.course, entry);
  const lede = Object.assign(document.createElement("p"), { className: "lede", textContent: text.lede });
  const values = { course_url: addresses.course(file.slug), course: file.title, title: text.title, body: [lede, ...nodesOf(text.body)] };
  return {
    title: text.title,
    node: templates.view("sheet", values, tongueOf(text.lang, language)),
    entry: "courses",
    address: addresses.sheet(file.slug, entry.slug),
  };
}
