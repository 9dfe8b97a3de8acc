"""`make audit`: what the site is made of, whether any of it has a known fault, and
whether its licences may go with ours.

Being offline fails nothing, and is said; a known fault and a strange licence fail.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

REQUIREMENTS = Path("requirements-server.txt")
BILL = Path("var/sbom.json")
BIN = Path(sys.executable).parent
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
# In part (SPDX, or as the package's own page has it), what may be used by a work under
# EUPL-1.2. LGPL and MPL are used as they are and not changed.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache Software License", "BSD License", "BSD-2-Clause",
    "BSD-3-Clause", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
    "MIT", "MIT License", "MIT-0", "MIT-CMU", "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)",
}  # fmt: skip
# Its own file says BSD; the list of classifiers has one more that is not about it.
READ_BY_HAND = {"qrcode": "BSD-3-Clause"}


def main() -> int:
    write_bill()
    strange = list(licences_that_may_not())
    for fault in strange:
        print(fault)
    found, said = told_of_faults(ask_for_faults())
    print(said)
    return int(bool(strange or found))


def write_bill() -> None:
    """A list of what is installed on a server, as CycloneDX (SBOM)."""
    BILL.parent.mkdir(exist_ok=True)
    command = [BIN / "cyclonedx-py", "requirements", "--pyproject", "pyproject.toml"]
    command += ["--output-reproducible", "--output-file", BILL, REQUIREMENTS]
    subprocess.run(command, check=True)
    number = len(json.loads(BILL.read_text())["components"])
    print(f"{BILL}: {number} packages")


def ask_for_faults() -> str:
    command = [BIN / "pip-audit", "--requirement", REQUIREMENTS, "--require-hashes"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return ""
    return ran.stdout


def told_of_faults(answer: str) -> tuple[bool, str]:
    """Whether there are known faults, and what to say of them. What pip-audit could
    not look up it skips, and that is no clean bill."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return False, "NOT LOOKED UP: the data of known faults could not be reached."
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in "
        f"{', '.join(fault['fix_versions']) or 'no version'}"
        for each in packages
        for fault in each.get("vulns", [])
    ]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    lines = [f"{len(packages) - len(skipped)} packages looked up, {len(faults)} faults"]
    if skipped:
        lines += [f"NOT LOOKED UP: {len(skipped)} packages: {', '.join(skipped)}"]
    return bool(faults), "\n".join([*faults, *lines])


def names(path: Path = REQUIREMENTS) -> list[str]:
    return NAME.findall(path.read_text())


def licences_that_may_not() -> Iterator[str]:
    """Packages, of those that are installed, whose licences all are strange to us."""
    for name in names():
        try:
            told = licences(name)
        except metadata.PackageNotFoundError:
            continue  # for another kind of machine
        if not any(map(_all_allowed, told)):
            yield f"{name}: {', '.join(sorted(told)) or 'no licence'}"


def licences(name: str) -> set[str]:
    """Each that one may choose; those that hold together are one, with AND."""
    about = metadata.metadata(name)
    if name in READ_BY_HAND:
        return {READ_BY_HAND[name]}
    if expression := about["License-Expression"]:
        return set(expression.replace("(", "").replace(")", "").split(" OR "))
    said = about.get_all("Classifier", [])
    told = {each.split(" :: ")[-1] for each in said if each.startswith("License ::")}
    return told or {(about["License"] or "").partition("\n")[0]}


def _all_allowed(choice: str) -> bool:
    return set(choice.split(" AND ")) <= ALLOWED


if __name__ == "__main__":
    sys.exit(main())
