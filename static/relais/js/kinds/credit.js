// @ts-check
/** The settings of partial credit that the kinds share; assessments/questions/credit.py does the same. */

/** A full mark, in thousandths of a point. */
export const FULL_MARK_MILLI = 1000;

/** Return right / outOf in whole thousandths, rounded down, from 0 to 1000; by the structure's rule. @param {number} right @param {number} outOf @param {any} structure */
export function share(right, outOf, structure) {
  if (outOf <= 0) return 0;
  const milli = Math.floor((Math.min(Math.max(0, right), outOf) * FULL_MARK_MILLI) / outOf);
  return milli === FULL_MARK_MILLI || structure.partial !== "all" ? milli : 0;
}

/** Tell whether a wrong choice cancels a right one. @param {any} structure */
export function wrongCosts(structure) {
  return structure.wrong !== "free";
}
