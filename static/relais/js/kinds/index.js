// @ts-check
/** The kinds of question, as a device knows them. Written by `python -m scripts.list_kinds`: change nothing here. */

import { kind as cloze } from "./cloze.js";
import { kind as extendedAnswer } from "./extended_answer.js";
import { kind as hotspot } from "./hotspot.js";
import { kind as matching } from "./matching.js";
import { kind as multipleChoice } from "./multiple_choice.js";
import { kind as numeric } from "./numeric.js";
import { kind as ordering } from "./ordering.js";
import { kind as scenario } from "./scenario.js";
import { kind as shortAnswer } from "./short_answer.js";
import { kind as singleChoice } from "./single_choice.js";
import { kind as trueFalse } from "./true_false.js";
import { kind as wordGaps } from "./word_gaps.js";
import { KINDS } from "./known.js";

Object.assign(KINDS, {
  cloze,
  extended_answer: extendedAnswer,
  hotspot,
  matching,
  multiple_choice: multipleChoice,
  numeric,
  ordering,
  scenario,
  short_answer: shortAnswer,
  single_choice: singleChoice,
  true_false: trueFalse,
  word_gaps: wordGaps,
});

export { KINDS };
export { FULL_MARK_MILLI } from "./credit.js";
