"""nginx with deploy/nginx.conf, moved to loopback and to folders of ours."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.rehearse.ground import Failed, Running, listens, wait_until

CONF = Path("deploy/nginx.conf")
HOST = "livskvalitet.helsingborg.se"
SERVER = "    server 127.0.0.1:8000 max_fails=0;\n"


def moved(text: str, *, folder: Path, port: int, plain: int, nodes: list[int]) -> str:
    """The file as it is run here: other ports and folders, and nothing else."""
    servers = "".join(SERVER.replace("8000", str(node)) for node in nodes)
    for old, new in [
        (SERVER, servers),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("/etc/ssl/livskvalitet.pem", f"{folder}/certificate.pem"),
        ("/etc/ssl/private/livskvalitet.key", f"{folder}/key.pem"),
        ("/var/log/nginx/", f"{folder}/"),
        ("/var/lib/livskvalitet/", f"{folder}/"),
    ]:
        if old not in text:
            raise Failed(f"{CONF} has no {old.strip()!r}")
        text = text.replace(old, new)
    return text


class Proxy:
    def __init__(self, folder: Path, *, port: int, plain: int, nodes: list[int]):
        self.port = port
        self.log = folder / "livskvalitet.log"
        make_certificate(folder)
        site = moved(
            CONF.read_text(), folder=folder, port=port, plain=plain, nodes=nodes
        )
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(_around(folder))
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        if not program:
            raise Failed("nginx is missing: apt install nginx-light")
        command = [program, "-c", folder / "nginx.conf", "-p", folder, "-e", "stderr"]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        if checked.returncode:
            raise Failed(f"nginx does not take {CONF}:\n{checked.stderr}")
        self.running = Running("proxy", command, folder)
        wait_until(lambda: listens(port), "the proxy answers")

    def stop(self) -> None:
        self.running.stop()


def _around(folder: Path) -> str:
    """What Debian's own nginx.conf has around a site."""
    user = "user root;" if os.geteuid() == 0 else ""
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return f"""{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    {temporary}
    include {folder}/site.conf;
}}
"""


def make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
