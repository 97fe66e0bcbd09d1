"""The kinds as their authors meet them: a form, a key, and a card that says what the kind is for."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.admin.forms import MultipleChoiceForm, QuestionForm, SingleChoiceForm, TrueFalseForm
from assessments.questions.registry import KINDS


@dataclass(frozen=True, slots=True)
class AuthoredKind:
    """One kind in the trainer's area; `key` is the field that says what is right."""

    name: str
    form: type[QuestionForm]
    key: str
    icon: str
    label: Any
    purpose: Any
    example: Any

    @property
    def model(self) -> Any:
        """The model of the kind."""
        return KINDS[self.name].model

    @property
    def model_name(self) -> str:
        """The name of the model, as content types and addresses have it."""
        return str(self.model._meta.model_name)  # noqa: SLF001

    def address(self, view: str) -> str:
        """Return the name of an address of the kind, as `reverse` takes it."""
        return f"{self.namespace}:{view}"

    @property
    def namespace(self) -> str:
        """The namespace of the kind's addresses."""
        return f"questions_{self.name}"


AUTHORED_KINDS = (
    AuthoredKind(
        "single_choice",
        SingleChoiceForm,
        "right",
        "circle-check",
        _("Single choice"),
        _("Exactly one answer is right. The best kind for a case: what do you do first?"),
        _("For example: “A woman at the checkpoint has no papers. What do you do first?”"),
    ),
    AuthoredKind(
        "multiple_choice",
        MultipleChoiceForm,
        "right",
        "list-ul",
        _("Multiple choice"),
        _("One or more answers are right, and learners are not told how many. For lists: which of these are signs?"),
        _("For example: “Which of these are indicators of forced labour?”"),
    ),
    AuthoredKind(
        "true_false",
        TrueFalseForm,
        "is_true",
        "check",
        _("True or false"),
        _("One statement to judge. Quick to write, and easy to guess: better for practice than for grading."),
        _("For example: “A victim who agreed to travel cannot be a victim of trafficking.”"),
    ),
)

BY_MODEL_NAME = {kind.model_name: kind for kind in AUTHORED_KINDS}
