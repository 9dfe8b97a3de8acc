"""Whether everything is tried with everything, as `make test-full` does."""

import os

FULL_MATRIX = bool(os.environ.get("FULL_MATRIX"))
