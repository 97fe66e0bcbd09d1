// @ts-check
/** What the centre said last: the state of the person's courses, and the papers to sit here. Kept encrypted. */

import { readAll, write } from "./database.js";
import { unitOf } from "./statements.js";

const STATE = "latest";

export class Learnt {
  /** @param {import("./people.js").Person} person */
  constructor(person) {
    this.person = person;
    /** @type {any} */
    this.state = null;
    /** @type {Map<string, any>} */
    this.papers = new Map();
    /** When it was learnt, by this device's clock. */
    this.at = 0;
  }

  /** Read what is kept. */
  async load() {
    const [states, papers] = await Promise.all([readAll(this.person.db, "state"), readAll(this.person.db, "papers")]);
    const kept = states.find(({ key }) => key === STATE);
    if (kept) {
      this.state = await this.person.decrypt(kept.box);
      this.at = kept.at;
    }
    const opened = await Promise.all(papers.map(({ box }) => this.person.decrypt(box)));
    this.papers = new Map(opened.map((paper) => [paper.attempt, paper]));
  }

  /**
   * Keep what was learnt, in one change. A paper that the centre no longer names goes, unless something
   * of its attempt is still on its way there.
   * @param {any} state @param {any[] | null} papers null: not asked for
   * @param {Awaited<ReturnType<import("./outbox.js").Outbox["list"]>>} lines
   */
  async keep(state, papers, lines) {
    const open = new Set(lines.filter((line) => line.state !== "sent" && line.statement).map((line) => unitOf(/** @type {any} */ (line.statement)).id));
    const kept = [...this.papers.values()].filter(({ attempt }) => open.has(attempt));
    const next = new Map([...kept, ...(papers ?? [])].map((paper) => [paper.attempt, paper]));
    const at = Date.now();
    const [stateBox, ...boxes] = await Promise.all([state, ...next.values()].map((each) => this.person.encrypt(each)));
    await write(this.person.db, ["state", "papers"], (transaction) => {
      transaction.objectStore("state").put({ key: STATE, at, box: stateBox });
      const store = transaction.objectStore("papers");
      store.clear();
      [...next.keys()].forEach((attempt, place) => store.put({ attempt, box: boxes[place] }));
    });
    this.state = state;
    this.at = at;
    this.papers = next;
  }
}
