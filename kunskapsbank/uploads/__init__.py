"""Files that people attach: what is refused and why, and where the rest is kept.

Everything that parses a file runs in `sandbox`, a process of its own with little time
and memory, which imports `images` and `documents` and nothing of Django.
"""
