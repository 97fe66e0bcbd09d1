// @ts-check
/** The courses on this device, as its page lists them. */

import { listCourses, remove } from "./downloads.js";
import { newRow, part, putRows, sizeInWords } from "./page-parts.js";

/** @param {HTMLElement} root @param {(name: string, values?: Record<string, any>) => string} words */
export async function showCourses(root, words) {
  const rows = (await listCourses()).filter((row) => row.state !== "dropped");
  const language = document.documentElement.lang;
  part(root, '[data-part="courses"]').hidden = false;
  putRows(root, "courses", rows.map(({ course, titles = {}, bytes, state }) => {
    const row = newRow(root, "course");
    row.dataset.course = course;
    part(row, "[data-title]").textContent = titles[language] ?? Object.values(titles)[0] ?? "";
    part(row, "[data-facts]").textContent = state === "ready" ? words("size", { size: sizeInWords(bytes) }) : words("not-complete");
    return row;
  }));
}

/** @param {string} course */
export async function removeCourse(course) {
  await remove(course);
}
