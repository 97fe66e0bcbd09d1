"""Write static/relais/js/kinds/index.js: the kinds of question as their folders name them."""

from assessments.questions import kind_names
from scripts.places import ROOT

INDEX = ROOT / "static" / "relais" / "js" / "kinds" / "index.js"


def listing() -> str:
    """Return the text of the module."""
    names = [name for name in kind_names() if (ROOT / script_of(name)).is_file()]
    variables = {name: _camel(name) for name in names}
    imports = "\n".join(f'import {{ kind as {variables[name]} }} from "./{name}.js";' for name in names)
    rows = "\n".join(f"  {name}: {variables[name]}," if name != variables[name] else f"  {name}," for name in names)
    return f"""// @ts-check
/** The kinds of question, as a device knows them. Written by `python -m scripts.list_kinds`: change nothing here. */

{imports}
import {{ KINDS }} from "./known.js";

Object.assign(KINDS, {{
{rows}
}});

export {{ KINDS }};
export {{ FULL_MARK_MILLI }} from "./credit.js";
"""


def script_of(kind: str) -> str:
    """Return where the script of a kind is, from the root of the tree."""
    return f"assessments/questions/{kind}/static/relais/js/kinds/{kind}.js"


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    INDEX.write_text(listing(), encoding="utf-8")
