"""Static files in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed names also inside `import` statements, so that a release never mixes two versions."""

    support_js_module_import_aggregation = True
