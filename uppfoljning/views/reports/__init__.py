"""Pages of reports, and those where they are written."""
