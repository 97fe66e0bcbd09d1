// @ts-check
/**
 * The outbox: what one person said on this device, each line signed, until the centre has it.
 *
 * Rules:
 * - add() resolves once the lines are on disk, never before. Only then may a page say "saved".
 * - A line leaves "waiting" only when the centre names its id: stored ("sent"), or held for a decision
 *   ("parked", with the reason). It never expires; no fault, refusal or status removes it.
 * - Lines are one chain: each names the hash of the one before. One tab writes at a time (Web Locks);
 *   where there are no locks, the head is compared inside the transaction and the loser builds again.
 * - A line is kept twice: encrypted for its author, and sealed for the centre, which anybody may carry.
 */

import { canonicalJson, sha256Hex } from "./canonical.js";
import { answer, read, readAll, write } from "./database.js";
import { activityIri, newUuid } from "./ids.js";
import { PageClock } from "./moments.js";
import { parcelOf, sendLines } from "./sending.js";
import { buildStatement } from "./statements.js";

/** There is no room on this device: nothing was saved. */
export class QuotaError extends Error {}

/** Another tab wrote in between: build again upon what it wrote. */
class OvertakenError extends Error {}

const HEAD = "outbox-head";
const PREVIOUS_DIGITS = 32;

/**
 * @typedef {import("./statements.js").Statement} Statement
 * @typedef {{verb: string, activity: [string, string], unit: {kind: string, id: string}, facts: Record<string, any>,
 *   registration?: string, at?: Date}} Draft
 * @typedef {{seq: number, id: string, at: string, state: "waiting" | "parked" | "sent", box: any, sealed: string,
 *   reason: string, text: string, settled: string}} Line
 * @typedef {{key: string, seq: number, hash: string, latest: number, ordinals: Record<string, number>}} Head
 */

/** Who listens hears that an outbox changed; pages of all tabs do. */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("relais-outbox");

/**
 * Open the outbox of a person. Of somebody who is locked, what waits can be counted, carried and saved as
 * a file, but neither read nor added to.
 * @param {any} person see people.js
 * @param {{freeRoom?: () => Promise<unknown>}} options how to make room on this device
 */
export function openOutbox(person, options = {}) {
  return new Outbox(person, options);
}

export class Outbox {
  /** @param {any} person @param {{freeRoom?: () => Promise<unknown>}} options */
  constructor(person, { freeRoom }) {
    this.person = person;
    /** @type {IDBDatabase} */
    this.db = person.db;
    this.freeRoom = freeRoom;
    this.clock = new PageClock();
  }

  /**
   * Say something; resolves with the statements once they are on disk. An `ordinal` among the facts is
   * raised above all that this device has said of the unit; an empty `nonce` becomes the page's id.
   * Throws QuotaError: then nothing was saved.
   * @param {Draft[]} drafts
   * @returns {Promise<Statement[]>}
   */
  async add(drafts) {
    const said = await withLock(`relais-outbox-${this.person.storeId}`, () => this.addWithRoom(drafts));
    channel?.postMessage({ storeId: this.person.storeId, added: said.length });
    return said;
  }

  /** @param {Draft[]} drafts @returns {Promise<Statement[]>} */
  async addWithRoom(drafts) {
    for (let hasFreed = false; ; ) {
      try {
        return await this.append(drafts);
      } catch (error) {
        if (error instanceof OvertakenError) continue;
        if (/** @type {any} */ (error)?.name !== "QuotaExceededError") throw error;
        // What was downloaded can be fetched again; what was said cannot.
        if (hasFreed || !this.freeRoom || !(await this.freeRoom())) throw new QuotaError("no room on this device");
        hasFreed = true;
      }
    }
  }

  /** @param {Draft[]} drafts @returns {Promise<Statement[]>} */
  async append(drafts) {
    const [found, clock] = await Promise.all([read(this.db, "kept", HEAD), read(this.db, "kept", "clock")]);
    /** @type {Head} */
    let head = found ?? { key: HEAD, seq: 0, hash: "", latest: 0, ordinals: {} };
    const start = head.seq;
    const said = [];
    const lines = /** @type {Line[]} */ ([]);
    for (const draft of drafts) {
      const made = await this.make(draft, head, clock?.offset ?? 0);
      said.push(made.statement);
      lines.push(made.line);
      head = made.head;
    }
    await write(this.db, ["outbox", "kept"], async (transaction) => {
      const kept = transaction.objectStore("kept");
      const now = await answer(kept.get(HEAD));
      if ((now?.seq ?? 0) !== start) throw new OvertakenError();
      for (const line of lines) transaction.objectStore("outbox").add(line);
      kept.put(head);
    });
    return said;
  }

  /**
   * Build, sign, encrypt and seal one statement upon the head.
   * @param {Draft} draft @param {Head} head @param {number} offset
   */
  async make(draft, head, offset) {
    const { base, actor, device } = this.person;
    const moment = this.clock.next(head.latest, offset);
    const at = draft.at ? Math.max(draft.at.getTime(), head.latest + 1) : moment.at;
    const facts = completed(draft.facts, moment.page, head.ordinals[draft.unit.id] ?? 0);
    const statement = buildStatement({
      id: newUuid(),
      base,
      actor,
      verb: draft.verb,
      activity: activityIri(base, ...draft.activity),
      unit: draft.unit,
      timestamp: new Date(at),
      facts,
      registration: draft.registration,
      device: { id: device, seq: head.seq + 1, prev: head.hash.slice(0, PREVIOUS_DIGITS), page: moment.page, ms: moment.ms },
    });
    const text = canonicalJson(statement);
    const line = `${await this.person.sign(text)} ${text}`;
    const [box, sealed, hash] = await Promise.all([this.person.encrypt(line), this.person.seal(line), sha256Hex(text)]);
    const ordinals = facts.ordinal ? { ...head.ordinals, [draft.unit.id]: facts.ordinal } : head.ordinals;
    return {
      statement,
      /** @type {Line} */
      line: { seq: head.seq + 1, id: statement.id, at: statement.timestamp, state: "waiting", box, sealed, reason: "", text: "", settled: "" },
      /** @type {Head} */
      head: { key: HEAD, seq: head.seq + 1, hash, latest: at, ordinals },
    };
  }

  /** Tell how many lines wait, and since when. @returns {Promise<{count: number, since: string | null}>} */
  async waiting() {
    const index = this.db.transaction("outbox").objectStore("outbox").index("state");
    const [count, first] = await Promise.all([answer(index.count("waiting")), answer(index.get("waiting"))]);
    // Within one state an index is in the order of the key: the first is the oldest.
    return { count, since: first?.at ?? null };
  }

  /** Count what the centre holds for a decision. @returns {Promise<number>} */
  parked() {
    return answer(this.db.transaction("outbox").objectStore("outbox").index("state").count("parked"));
  }

  /** Return where some lines stand, by id; those forgotten since are with the centre. @param {Iterable<string>} ids @returns {Promise<Map<string, string>>} */
  async statesOf(ids) {
    const lines = new Map(/** @type {Line[]} */ (await readAll(this.db, "outbox")).map(({ id, state }) => [id, state]));
    return new Map([...ids].map((id) => [id, lines.get(id) ?? "sent"]));
  }

  /**
   * List all lines, oldest first; `statement` is null where it cannot be read without its author.
   * @returns {Promise<{seq: number, id: string, at: string, state: string, reason: string, text: string, statement: Statement | null}[]>}
   */
  async list() {
    const lines = /** @type {Line[]} */ (await readAll(this.db, "outbox"));
    return Promise.all(
      lines.map(async (line) => {
        const { seq, id, at, state, reason, text } = line;
        return { seq, id, at, state, reason, text, statement: await this.statementOf(line) };
      }),
    );
  }

  /** Return all statements that are here and readable, oldest first. @returns {Promise<Statement[]>} */
  async statements() {
    const found = (await this.list()).map(({ statement }) => statement);
    return /** @type {Statement[]} */ (found.filter(Boolean));
  }

  /**
   * Send what waits. `carried`: by somebody else, so sealed. `wait`: for another tab that is sending;
   * without it that one's work counts as done ("busy").
   * @param {{carried?: boolean, wait?: boolean}} options
   * @returns {Promise<import("./sending.js").Receipt>}
   */
  async send({ carried = false, wait = false } = {}) {
    const busy = { sent: 0, held: 0, error: "busy", hasEnded: false };
    const receipt = await withLock(`relais-send-${this.person.storeId}`, () => sendLines(this, carried), { wait, otherwise: busy });
    if (receipt.sent || receipt.held) channel?.postMessage({ storeId: this.person.storeId, ...receipt });
    return receipt;
  }

  /** Return what waits as a file, sealed: whoever carries it cannot read it. @returns {Promise<Blob>} */
  async exportFile() {
    const lines = /** @type {Line[]} */ (await readAll(this.db, "outbox"));
    const sealed = lines.filter(({ state }) => state === "waiting").map((line) => line.sealed);
    return new Blob([parcelOf(sealed)], { type: "text/plain" });
  }

  /** Return the numbers of the lines that the centre has. @returns {Promise<number[]>} */
  async sent() {
    const keys = await answer(this.db.transaction("outbox").objectStore("outbox").index("state").getAllKeys("sent"));
    return /** @type {number[]} */ (keys);
  }

  /**
   * Forget what the centre had before it was asked for its state, as that says it now.
   * @param {number[]} seqs what sent() returned before asking
   */
  async forgetSent(seqs) {
    await write(this.db, "outbox", (transaction) => {
      for (const seq of seqs) transaction.objectStore("outbox").delete(seq);
    });
  }

  /** Return the line as its author signed it, or null. @param {Line} line @returns {Promise<string | null>} */
  async open(line) {
    if (!this.person.decrypt || !line.box) return null;
    try {
      return await this.person.decrypt(line.box);
    } catch {
      return null;
    }
  }

  /** @param {Line} line @returns {Promise<Statement | null>} */
  async statementOf(line) {
    const signed = await this.open(line);
    return signed ? JSON.parse(signed.slice(signed.indexOf(" ") + 1)) : null;
  }
}

/** Return the facts with what only the outbox knows. @param {Record<string, any> | undefined} facts @param {string} page @param {number} said */
function completed(facts, page, said) {
  const { ordinal, nonce } = facts ?? {};
  return {
    ...facts,
    ...(nonce === "" ? { nonce: page } : {}),
    ...(Number.isSafeInteger(ordinal) ? { ordinal: Math.max(ordinal, said + 1) } : {}),
  };
}

/**
 * @template T
 * @param {string} name @param {() => Promise<T>} work @param {{wait?: boolean, otherwise?: T}} options
 * @returns {Promise<T>}
 */
async function withLock(name, work, { wait = true, otherwise } = {}) {
  if (!navigator.locks) return work();
  const lockOptions = /** @type {LockOptions} */ (wait ? {} : { ifAvailable: true });
  return navigator.locks.request(name, lockOptions, (lock) => (lock ? work() : /** @type {T} */ (otherwise)));
}
