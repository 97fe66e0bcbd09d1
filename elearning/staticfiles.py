"""How static files are named: each by its content, and the imports between ES modules with them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files whose `import` lines name the hashed files."""

    support_js_module_import_aggregation = True
