"""YAML as packs are written: fields in their order, long texts in block form, letters as they are."""

from typing import Any

import yaml

_WIDEST = 1_000_000


class _Dumper(yaml.SafeDumper):
    """PyYAML's writer with text blocks for texts of several lines, and no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the same value twice is written twice
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent lists below their key, as authors do."""
        super().increase_indent(flow, False)  # noqa: FBT003


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value and not any(line != line.rstrip() for line in value.split("\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write_yaml(value: Any) -> str:
    """Return a value as YAML that packs read."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDEST)
    return text
