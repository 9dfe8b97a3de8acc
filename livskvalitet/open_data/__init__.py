"""All that is public, as data: the API, tables, the whole in one file, the catalogue.

Nothing here reads a version but through `listed()` and `public()`, so what readers
cannot see is in none of it.
"""
