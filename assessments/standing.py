"""What an attempt is scored from: the learner's answers, and what people said of them since. Pure."""

from assessments.answering import AttemptLog
from assessments.drawing import Sheet
from assessments.hand_marks import marks_by_hand
from assessments.lateness import cut_late
from assessments.regrading import regrades_in
from assessments.scoring import Answers


def answers_that_stand(log: AttemptLog, sheet: Sheet) -> Answers:
    """Return all that a paper is scored from. What the paper's rule cuts for coming late is not in it."""
    counted = cut_late(log, sheet)
    return Answers(
        responses=counted.responses,
        certainties={question: answer.certainty for question, answer in counted.answers.items()},
        tries={question: [answer.response for answer in tries] for question, tries in counted.tries.items()},
        by_hand=marks_by_hand(counted, sheet),
        regraded=regrades_in(log, sheet),
    )
