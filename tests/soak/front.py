"""The site as readers meet it: behind the proxy of deploy/."""

from contextlib import contextmanager
from http.client import HTTPSConnection

from tests.faults.site import SECONDS, Site
from tests.mail_server import free_port
from tests.rehearse.proxy import Proxy
from tests.rehearse.reader import UNCHECKED


class FrontedSite(Site):
    host = "localhost"

    @contextmanager
    def fronted(self):
        place = {"port": free_port(), "plain": free_port()}
        self._proxy = Proxy(self.folder, nodes=[self.port], **place)
        try:
            yield self
        finally:
            self._proxy.stop()

    def connected(self):
        port = self._proxy.port
        return HTTPSConnection("127.0.0.1", port, timeout=SECONDS, context=UNCHECKED)
