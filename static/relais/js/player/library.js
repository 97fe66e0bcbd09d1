// @ts-check
/** The courses on this device, read as the pages need them: by uuid, by slug, lesson by lesson. */

/** The token that stands for the address of the icons in a pack: see sync/packs/lessons.py. */
const ICONS = "relais:icons";

export class Library {
  /**
   * @param {{listCourses: () => Promise<any[]>, readFile: (course: string, path: string) => Promise<Response>}} downloads
   * @param {string} language of the page
   * @param {string} icons the address of the icons of this release
   */
  constructor(downloads, language, icons) {
    this.downloads = downloads;
    this.language = language;
    this.icons = icons;
  }

  /** Return the courses that are here, each in the page's language or in what stands in for it. */
  async courses() {
    const rows = (await this.downloads.listCourses()).filter(isReadable);
    const found = await Promise.all(rows.map((row) => this.course(row).catch(() => null)));
    return found.filter((each) => each !== null);
  }

  /** @param {any} row */
  async course(row) {
    const languages = row.languages ?? [];
    const language = languages.includes(this.language) ? this.language : languages.includes("en") ? "en" : languages[0];
    const file = await this.json(row.course, `course.${language ?? this.language}.json`);
    return { ...file, row };
  }

  /**
   * Return a lesson with the icons of this release.
   * @param {string} course
   * @param {{file: string}} entry
   */
  async lesson(course, entry) {
    const file = await this.json(course, entry.file);
    return { ...file, notice: this.withIcons(file.notice), body: this.withIcons(file.body) };
  }

  /**
   * Return a job aid with the icons of this release.
   * @param {string} course
   * @param {{file: string}} entry
   */
  async sheet(course, entry) {
    const file = await this.json(course, entry.file);
    return { ...file, body: this.withIcons(file.body) };
  }

  /**
   * Return the lesson that has a slug in another language of a course that is here.
   * @param {any} file
   * @param {string} slug
   */
  async lessonBySlug(file, slug) {
    for (const language of file.row.languages ?? []) {
      const other = await this.json(file.course, `course.${language}.json`).catch(() => null);
      const entry = other?.modules.flatMap((/** @type {any} */ each) => each.lessons).find((/** @type {any} */ each) => each.slug === slug);
      if (entry) return entry.uuid;
    }
    return null;
  }

  /** @param {string} course @param {{uuid: string, file?: string}} quiz */
  async practice(course, quiz) {
    return this.json(course, quiz.file || `practice/${quiz.uuid}.json`);
  }

  /** @param {string} html */
  withIcons(html) {
    return (html ?? "").replaceAll(ICONS, this.icons);
  }

  /** @param {string} course @param {string} path */
  async json(course, path) {
    const reply = await this.downloads.readFile(course, path);
    if (!reply?.ok) throw new Error(`${path} of ${course} is not on this device`);
    return reply.json();
  }
}

/** Whether all of a course is here: a download that is under way is not, nor what was given up for room. @param {any} row */
function isReadable(row) {
  return row.state === "ready" && Boolean(row.current);
}
