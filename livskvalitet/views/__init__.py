"""Pages that belong to no app: start, about, site map, files for robots, errors."""
