// @ts-check
/** The form of a statement, the twin of records/statements.py, with what a device adds. */

/** What a device may say of itself: the server refuses any other verb from it. */
export const VERBS = Object.freeze({
  initialized: "http://adlnet.gov/expapi/verbs/initialized",
  progressed: "http://adlnet.gov/expapi/verbs/progressed",
  completed: "http://adlnet.gov/expapi/verbs/completed",
  answered: "http://adlnet.gov/expapi/verbs/answered",
  submitted: "http://activitystrea.ms/schema/1.0/submit",
  responded: "http://adlnet.gov/expapi/verbs/responded",
});

/**
 * @typedef {{id: string, seq: number, prev: string, page: string, ms: number}} DeviceMark
 * @typedef {{kind: string, id: string}} Unit
 * @typedef {Record<string, any>} Statement
 */

/**
 * Return a statement: who did what to which activity, in which unit, when, and where it stands on this device.
 * @param {{id: string, base: string, actor: string, verb: string, activity: string, unit: Unit, timestamp: Date,
 *   facts?: Record<string, unknown> | null, registration?: string | null, device: DeviceMark}} said
 * @returns {Statement}
 */
export function buildStatement({ id, base, actor, verb, activity, unit, timestamp, facts, registration, device }) {
  const iri = VERBS[/** @type {keyof typeof VERBS} */ (verb)];
  if (!iri) throw new TypeError(`${verb} is no verb of a device`);
  /** @type {Record<string, unknown>} */
  const extensions = { unit: { kind: unit.kind, id: unit.id }, device };
  if (facts && Object.keys(facts).length) extensions.facts = facts;
  /** @type {Record<string, unknown>} */
  const context = { extensions };
  if (registration) context.registration = registration;
  return {
    id,
    actor: { objectType: "Agent", account: { homePage: base, name: actor } },
    verb: { id: iri },
    object: { objectType: "Activity", id: activity },
    context,
    timestamp: timestamp.toISOString(),
  };
}

/** @param {Statement} statement */
export function verbOf(statement) {
  return Object.entries(VERBS).find(([, iri]) => iri === statement.verb.id)?.[0] ?? "";
}

/** @param {Statement} statement @returns {Record<string, any>} */
export function factsOf(statement) {
  return statement.context.extensions.facts ?? {};
}

/** @param {Statement} statement @returns {Unit} */
export function unitOf(statement) {
  return statement.context.extensions.unit;
}
