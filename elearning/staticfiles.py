"""How static files are named: each by its content, and the imports between ES modules with them."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

_CALL = r"""import\(["'](?P<url>.*?)["']\))"""
# A type begins with a capital letter; what a promise has does not.
_CALL_THAT_LOADS = r"""import\(["'](?P<url>[^"']*)["']\))(?!\.(?-i:[A-Z]))"""


def _without_types(patterns: tuple[str, Any]) -> tuple[str, Any]:
    """Return Django's patterns of module imports, but for the types that JSDoc names by import("…").Name.

    Two modules that name each other's types load nothing of each other; renamed as if they did, their
    names would depend on each other.
    """
    extension, pairs = patterns
    return extension, tuple((pattern.replace(_CALL, _CALL_THAT_LOADS), template) for pattern, template in pairs)


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files whose `import` lines name the hashed files."""

    support_js_module_import_aggregation = True
    # A changed name reaches one importer a pass at worst: a chain of modules needs a pass a link.
    max_post_process_passes = 30
    _js_module_import_aggregation_patterns = _without_types(
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns  # noqa: SLF001
    )
