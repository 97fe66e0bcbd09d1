"""How an extended answer is marked: by a person, with its rubric (assessments.hand_marks). Pure."""

IS_MARKED_BY_HAND = True
