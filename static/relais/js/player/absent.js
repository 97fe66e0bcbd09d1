// @ts-check
/** What to show where an address cannot be shown: why, what is safe, and what is here instead. */

import { sizeText } from "./numbers.js";

/** @param {import("./stage.js").Context} context @returns {import("./stage.js").Shown} */
export function absent(context) {
  const { templates, addresses, language, learner, route } = context;
  const courses = learner?.courses ?? [];
  const rows = courses.map(({ file }) =>
    templates.part("absent-course", {
      url: addresses.course(file.slug),
      title: file.title,
      facts: [templates.say("minutes", { minutes: file.minutes }), file.row?.bytes ? sizeText(file.row.bytes, language) : ""].filter(Boolean).join(" · "),
    }),
  );
  const values = {
    is_course: /^(?:courses|quizzes|attempts)\//u.test(route.rest),
    home_url: addresses.home,
    has_courses: rows.length > 0,
    courses: rows,
  };
  return { title: templates.say("not_here"), node: templates.view("absent", values), bind: bindRetry };
}

/** @param {import("./stage.js").Context} context @returns {Promise<import("./stage.js").Shown>} */
export async function nobody(context) {
  const { templates, addresses, people } = context;
  const values = { has_people: (await people()).length > 0, device_url: addresses.device };
  return { title: templates.say("no_person"), node: templates.view("nobody", values), bind: bindRetry };
}

/** @param {import("./stage.js").Context} context @returns {import("./stage.js").Shown} */
export function broken({ templates, addresses }) {
  return { title: templates.say("not_here"), node: templates.view("broken", { home_url: addresses.home }), bind: bindRetry };
}

/** @param {HTMLElement} root */
function bindRetry(root) {
  root.querySelector("[data-do=retry]")?.addEventListener("click", () => location.reload());
}
