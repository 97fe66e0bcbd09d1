"""How ES modules are found that have to be renamed with what they load."""

import re

from elearning.staticfiles import ModuleStorage


def _renamed(line: str) -> bool:
    _extension, patterns = ModuleStorage._js_module_import_aggregation_patterns
    return any(re.search(pattern, line) for pattern, _template in patterns)


def test_what_a_module_loads_is_renamed_and_what_only_names_a_type_is_not():
    assert _renamed('import { a } from "./a.js";')
    assert _renamed('const { a } = await import("./a.js");')
    assert _renamed('import("./a.js").then(({ a }) => a());')
    assert not _renamed(' * @param {import("./a.js").A} a')
    assert not _renamed('/** @typedef {import("./a.js").A} A */')
