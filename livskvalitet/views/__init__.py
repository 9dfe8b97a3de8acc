"""Pages that belong to no app: start, about, site map, errors."""
