"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livskvalitet.settings")

application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from livskvalitet.database_limits import limit_statements  # noqa: E402
from livskvalitet.page_cache import PageCache  # noqa: E402
from livskvalitet.request_log import RequestLog  # noqa: E402
from livskvalitet.whole_body import WholeBody  # noqa: E402
from search import generation  # noqa: E402

limit_statements(settings.DATABASES["default"], settings.STATEMENT_TIMEOUT)

application = RequestLog(WholeBody(application))

if settings.TRUSTED_PROXIES:
    application = wrap_wsgi_with_proxy_headers(
        application, trusted_hosts=settings.TRUSTED_PROXIES
    )

if settings.PAGE_CACHE_BYTES:
    application = PageCache(application, settings.PAGE_CACHE_BYTES)
    generation.when_touched(application.look_for_change)

# What has been loaded stays: to look through it again and again for what may be thrown
# away takes a tenth of the time of a page, and makes some readers wait. To look at the
# rest more seldom than this lets a process grow by a third while people write.
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 5, 5)
