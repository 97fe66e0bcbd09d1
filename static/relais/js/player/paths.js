// @ts-check
/** Learning paths without the site: the twin of courses/paths/judging.py (tests/data/paths.json), and the page of one. */

/**
 * @typedef {{courses: string[], optional?: string[], choose?: number, title?: string}} Stage
 * @typedef {"done" | "open" | "shut"} Standing
 * @typedef {{isOpen: boolean, left: number, standings: Record<string, Standing>}} StageVerdict
 */

/**
 * Say what is done, what is open and what is left. A stage opens when those before it are done.
 * @param {Stage[]} stages
 * @param {Set<string>} done ids of completed courses
 * @returns {StageVerdict[]}
 */
export function judge(stages, done) {
  let isOpen = true;
  return stages.map((stage) => {
    const verdict = judgeStage(stage, done, isOpen);
    isOpen = isOpen && verdict.left === 0;
    return verdict;
  });
}

/** @param {Stage} stage @param {Set<string>} done @param {boolean} isOpen @returns {StageVerdict} */
function judgeStage({ courses, optional = [], choose = 0 }, done, isOpen) {
  const chosen = optional.filter((each) => done.has(each)).length;
  const left = courses.filter((each) => !done.has(each)).length + Math.max(choose - chosen, 0);
  const ahead = isOpen ? "open" : "shut";
  /** @type {[string, Standing][]} */
  const rows = [...courses, ...optional].map((each) => [each, done.has(each) ? "done" : ahead]);
  return { isOpen, left, standings: Object.fromEntries(rows) };
}

/** How many courses a path asks for. @param {Stage[]} stages */
export function asked(stages) {
  return stages.reduce((sum, { courses, choose = 0 }) => sum + courses.length + choose, 0);
}

/**
 * Return the courses that somebody has completed: as the centre knew it, and as the device sees it now.
 * @param {any} learner
 */
export function doneBy({ here, courses }) {
  const known = (here.state?.courses ?? []).filter((/** @type {any} */ each) => each.progress?.completed_at);
  const seen = courses.filter((/** @type {any} */ each) => each.isComplete);
  return new Set([...known.map((/** @type {any} */ each) => each.course), ...seen.map((/** @type {any} */ each) => each.file.course)]);
}

/** Return a card for each path of a person. @param {import("./stage.js").Context} context */
export function pathCards({ templates, addresses, learner }) {
  const done = doneBy(learner);
  return (learner.here.state?.paths ?? []).map((/** @type {any} */ path) => {
    const [total, left] = [asked(path.stages), leftOf(judge(path.stages, done))];
    const label = templates.say("path_courses", { done: total - left, total });
    return templates.part("path-card", {
      url: addresses.path(slugOf(path, templates.language)),
      title: path.title,
      label,
      progress: { value: total - left, max: total, label },
    });
  });
}

/** @param {import("./stage.js").Context} context @param {Record<string, string>} values @returns {import("./stage.js").Shown | null} */
export function path(context, { path: slug }) {
  const { templates, addresses, learner } = context;
  const found = (learner.here.state?.paths ?? []).find((/** @type {any} */ each) => Object.values(each.slugs).includes(slug));
  if (!found) return null;
  const verdicts = judge(found.stages, doneBy(learner));
  const [total, left] = [asked(found.stages), leftOf(verdicts)];
  const label = templates.say("path_courses", { done: total - left, total });
  const values = {
    title: found.title,
    label,
    is_complete: left === 0,
    progress: { value: total - left, max: total, label },
    stages: found.stages.map((/** @type {any} */ stage, /** @type {number} */ place) => stageNode(context, found, place, verdicts[place])),
  };
  return { title: found.title, node: templates.view("path", values), entry: "courses", address: addresses.path(slugOf(found, templates.language)) };
}

/** @param {import("./stage.js").Context} context @param {any} found @param {number} place @param {StageVerdict} verdict */
function stageNode({ templates, addresses, learner }, found, place, verdict) {
  const stage = found.stages[place];
  // A course without a title is not published here, or is for others.
  const rows = [...stage.courses, ...(stage.optional ?? [])].filter((each) => found.titles[each]);
  return templates.part("path-stage", {
    title: `${place + 1}. ${stage.title}`,
    is_done: verdict.left === 0,
    is_open: verdict.left > 0 && verdict.isOpen,
    is_shut: verdict.left > 0 && !verdict.isOpen,
    courses: rows.map((uuid) => {
      const course = learner.courses.find((/** @type {any} */ each) => each.file.course === uuid);
      const standing = verdict.standings[uuid];
      return templates.part("path-course", {
        title: found.titles[uuid],
        is_here: Boolean(course),
        url: course ? addresses.course(course.file.slug) : "",
        class: standing === "done" ? "done" : course?.isBegun ? "here" : standing === "shut" ? "shut" : "",
        is_done: standing === "done",
        is_later: standing === "shut",
        is_away: standing === "open" && !course,
      });
    }),
  });
}

/** @param {StageVerdict[]} verdicts */
function leftOf(verdicts) {
  return verdicts.reduce((sum, { left }) => sum + left, 0);
}

/** @param {{slugs: Record<string, string>}} path @param {string} language */
function slugOf({ slugs }, language) {
  return slugs[language] ?? slugs.en ?? Object.values(slugs)[0];
}
