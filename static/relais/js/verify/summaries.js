// @ts-check
/** Check the signed summary of a link: the twin of certificates/verification/summaries.py, where the reasons stand. */

import { CERTIFICATES, covers, readDelegation } from "./delegation.js";
import { judgedDates, notGenuine } from "./judging.js";
import { isLower, isSigned, readPoint } from "./p256.js";
import { standingIn } from "./status.js";

/** @typedef {{ root: import("./p256.js").Point, issuer: string }} Trust */

/**
 * Return what can be said of a summary.
 * @param {import("./summary.js").Summary} summary
 * @param {Trust} trust
 * @param {import("./status.js").StatusLists | null} status
 * @param {number} today
 * @returns {import("./judging.js").Verdict}
 */
export function checkSummary(summary, trust, status, today) {
  const { signature, issuer } = originOf(summary, trust);
  const { issuedOn, validUntil } = summary;
  if (signature !== "genuine") return notGenuine(signature, issuer);
  if (issuer !== "trusted") {
    const dates = judgedDates(today, null, issuedOn, validUntil);
    return { signature, issuer, standing: "unknown", dates, listedOn: null };
  }
  const listedOn = status?.listedOn ?? null;
  const standing = status ? standingIn(status, summary.listNumber, summary.listIndex, today) : "unknown";
  return { signature, issuer, standing, dates: judgedDates(today, listedOn, issuedOn, validUntil), listedOn };
}

/** Tell who made it. @param {import("./summary.js").Summary} summary @param {Trust} trust */
function originOf(summary, trust) {
  const delegation = delegationIn(summary, trust);
  const key = delegation?.purpose === CERTIFICATES ? readPoint(delegation.key) : null;
  const { signature, signed } = summary;
  const isGenuine = Boolean(key && isLower(signature) && isSigned(key, signature, signed));
  if (delegation?.isTrusted) {
    if (!isGenuine) return { signature: "edited", issuer: "unknown" };
    const isCovered = covers(delegation, summary.issuedOn, summary.country);
    return { signature: "genuine", issuer: isCovered ? "trusted" : "wrongly-delegated" };
  }
  if (isGenuine && summary.issuer !== trust.issuer) return { signature: "genuine", issuer: "foreign" };
  return { signature: "forged", issuer: "unknown" };
}

/** @param {import("./summary.js").Summary} summary @param {Trust} trust */
function delegationIn(summary, trust) {
  try {
    return readDelegation(summary.delegation, trust.root);
  } catch {
    return null;
  }
}
