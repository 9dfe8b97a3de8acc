"""python -m tests.rehearse.run (`make rehearse`): the arrangement of deploy/ on
loopback, and what must not cost a reader anything. Ends with 1 at what did."""

import argparse
import signal
import sys
import time

from tests import postgres
from tests.rehearse.ground import Failed, say
from tests.rehearse.scene import Scene
from tests.rehearse.steps import ALL


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.rehearse.run")
    parser.add_argument(
        "--spike", type=int, default=10, help="seconds of fifty times the readers"
    )
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    began = time.monotonic()
    try:
        with Scene(spike_seconds=options.spike) as scene:
            for step in ALL:
                started = time.monotonic()
                say(f"\n{step.__doc__.splitlines()[0]}")
                _run(step, scene)
                say(f"    ok, {time.monotonic() - started:.0f} s")
    except (Failed, postgres.Unavailable) as reason:
        say(f"\nFAILED: {reason}")
        return 1
    seconds = time.monotonic() - began
    say(f"\nAll {len(ALL)} steps were as they must, in {seconds:.0f} s")
    return 0


def _run(step, scene: Scene) -> None:
    """With what the proxy had to say, when it fails."""
    try:
        step(scene)
    except Failed:
        say(scene.proxy.running.tail())
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
