"""Static files with hashed names, and the components' stylesheets as one file."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
_CSS = Path(settings.BASE_DIR) / "static" / "css"


@cache
def bundled_files() -> list[str]:
    """The stylesheets in load order, as `static/css/index.txt` lists them."""
    lines = (_CSS / "index.txt").read_text(encoding="utf-8").splitlines()
    return [f"css/{line.strip()}" for line in lines if line.strip()]


def bundle() -> str:
    """All stylesheets in load order as one text."""
    texts = (
        (_CSS.parent / file).read_text(encoding="utf-8") for file in bundled_files()
    )
    # Components name images and fonts from their own folder; the bundle's is css/.
    return "\n".join(text.replace("url(../../", "url(../") for text in texts)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Collects the one stylesheet beside the files it is made of."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            if self.exists(BUNDLE):
                self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(bundle()))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, dry_run=dry_run, **options)
