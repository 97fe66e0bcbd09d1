"""YAML as packs use it: mappings, lists, texts, whole numbers, true and false, each with its line.

Stricter than YAML: no anchors and aliases (the billion-laughs bomb), no tags, no key twice, no date
or yes/no that turns an author's word into something else.
"""

import re
from typing import Any

import yaml

from courses.packs.errors import Findings

DEEPEST = 12


class Fields(dict[str, Any]):
    """A mapping that knows the line of each key."""

    line: int = 1
    lines: dict[str, int]


class Rows(list[Any]):
    """A list that knows the line of each item."""

    line: int = 1
    lines: list[int]


class Broken(Fields):
    """Stands for a text that is not YAML: that was noted, and nothing more can be said of it."""


# libyaml where PyYAML was built with it, as its wheels are: a tenth of the time.
_Scanner: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Scanner):
    """PyYAML's scanner and parser, resolving whole numbers, true, false and nothing else."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # PyYAML's own form


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,15})$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


class _BadYamlError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def read_yaml(text: str, file: str, findings: Findings, first_line: int = 1) -> Any:
    """Return the value of a YAML text, None for an empty one, Broken with a problem noted. Pure."""
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=_Loader)
        return None if node is None else _value(node, first_line - 1)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        findings.add(file, first_line + (mark.line if mark else 0), f"this is not YAML: {error.problem}")
    except yaml.YAMLError as error:
        findings.add(file, first_line, f"this is not YAML: {str(error).splitlines()[0]}")
    except _BadYamlError as error:
        findings.add(file, first_line - 1 + error.line, error.reason)
    broken = Broken()
    broken.lines = {}
    return broken


def _check_events(text: str) -> None:
    """Refuse by events, before any node is built: a bomb must not reach memory."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        line = mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _BadYamlError(line, "anchors and aliases (& and *) are not allowed; write the value out")
        if tag := getattr(event, "tag", None):
            raise _BadYamlError(line, f"tags are not allowed: {tag}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _BadYamlError(line, f"nested deeper than {DEEPEST} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent) and event.explicit and mark.index:
            raise _BadYamlError(line, "one document a file; a second one starts here")


def _value(node: yaml.Node, above: int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _fields(node, above)
    if isinstance(node, yaml.SequenceNode):
        rows = Rows(_value(child, above) for child in node.value)
        rows.line = node.start_mark.line + 1 + above
        rows.lines = [child.start_mark.line + 1 + above for child in node.value]
        return rows
    return _scalar(node)


def _fields(node: yaml.MappingNode, above: int) -> Fields:
    fields = Fields()
    fields.line, fields.lines = node.start_mark.line + 1 + above, {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _BadYamlError(line, "a key must be a word")
        key = key_node.value
        if key in fields:
            raise _BadYamlError(line, f"the key {key!r} stands here twice, first in line {fields.lines[key]}")
        fields[key] = _value(value_node, above)
        fields.lines[key] = line + above
    return fields


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value)
    return None if kind == "null" else node.value
