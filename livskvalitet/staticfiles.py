"""Static files with hashed names, and the components' stylesheets as one file."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
# Comments and indents: a quarter of the stylesheet's weight on the wire.
_ONLY_OURS = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)
_CSS = Path(settings.BASE_DIR) / "static" / "css"


@cache
def bundled_files() -> list[str]:
    """The stylesheets in load order, as `static/css/index.txt` lists them."""
    lines = (_CSS / "index.txt").read_text(encoding="utf-8").splitlines()
    return [f"css/{line.strip()}" for line in lines if line.strip()]


def bundle() -> str:
    """All stylesheets in load order as one text, without what only we read."""
    texts = (
        (_CSS.parent / file).read_text(encoding="utf-8") for file in bundled_files()
    )
    # Components name images and fonts from their own folder; the bundle's is css/.
    joined = "\n".join(text.replace("url(../../", "url(../") for text in texts)
    return _ONLY_OURS.sub("", joined)


@cache
def integrity(name: str) -> str:
    """The checksum of a static file as it is served, for an integrity attribute."""
    if hasattr(staticfiles_storage, "stored_name"):
        with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
            content = file.read()
    else:
        content = Path(str(finders.find(name))).read_bytes()
    digest = b64encode(hashlib.sha384(content).digest()).decode()
    return f"sha384-{digest}"


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
