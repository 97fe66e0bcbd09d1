"""A structure and its words through the text of a pack and back: for the tests of the kinds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import yaml

from assessments.packs.questions import PACKING
from courses.packs.errors import Findings
from courses.packs.forms import Form
from courses.packs.yaml_text import read_yaml


def through_a_pack(kind: str, body: Mapping[str, Any], words: Mapping[str, str]) -> tuple[Any, Any]:
    """Return structure and words as they are read from what was written; raise PackErrors."""
    packing = PACKING[kind]
    plain = {**packing.write_body(body), "text": packing.write_words(body, words)}
    findings = Findings()
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
    form = Form(read_yaml(text, "questions.yaml", findings), "questions.yaml", findings)
    seen: set[UUID] = set()

    def once(each: Form, uuid: UUID) -> UUID:
        if uuid in seen:
            each.problem("uuid", "it stands here twice")
        seen.add(uuid)
        return uuid

    read = packing.read_body(form, once)
    spoken = form.form("text")
    said = packing.read_words(spoken, read)
    spoken.close()
    form.close()
    findings.refuse_if_any()
    return read, said
