"""The engine's own table, which Django has no model for."""

from django.db import migrations

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_terms USING fts5("
        "title, summary, text, rest, title_parts, parts, facets,"
        " tokenize = 'unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "CREATE TABLE search_terms (place bigint PRIMARY KEY, terms tsvector NOT NULL)",
        "CREATE INDEX search_terms_gin ON search_terms USING gin (terms)",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_index_documents")]

    operations = [migrations.RunPython(make, drop)]
