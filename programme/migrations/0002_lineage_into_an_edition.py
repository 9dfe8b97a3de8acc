"""Nothing has written lineage before this, so no row needs an edition made up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(
            model_name="lineage",
            name="programme_lineage_has_an_end",
        ),
        migrations.AddField(
            model_name="historicallineage",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Den nyare av de två utgåvorna.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programme.edition",
                verbose_name="till utgåva",
            ),
        ),
        migrations.AddField(
            model_name="lineage",
            name="edition",
            field=models.ForeignKey(
                help_text="Den nyare av de två utgåvorna.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lineages",
                to="programme.edition",
                verbose_name="till utgåva",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "dropped"),
                        models.Q(
                            models.Q(
                                ("from_fokusomrade__isnull", False),
                                ("to_fokusomrade__isnull", True),
                                ("from_prioritering", None),
                                ("to_prioritering", None),
                            ),
                            models.Q(
                                ("from_prioritering__isnull", False),
                                ("to_prioritering__isnull", True),
                                ("from_fokusomrade", None),
                                ("to_fokusomrade", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("kind", "new"),
                        models.Q(
                            models.Q(
                                ("from_fokusomrade__isnull", True),
                                ("to_fokusomrade__isnull", False),
                                ("from_prioritering", None),
                                ("to_prioritering", None),
                            ),
                            models.Q(
                                ("from_prioritering__isnull", True),
                                ("to_prioritering__isnull", False),
                                ("from_fokusomrade", None),
                                ("to_fokusomrade", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["dropped", "new"]), _negated=True),
                        models.Q(
                            models.Q(
                                ("from_fokusomrade__isnull", False),
                                ("to_fokusomrade__isnull", False),
                                ("from_prioritering", None),
                                ("to_prioritering", None),
                            ),
                            models.Q(
                                ("from_prioritering__isnull", False),
                                ("to_prioritering__isnull", False),
                                ("from_fokusomrade", None),
                                ("to_fokusomrade", None),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="programme_lineage_ends_fit_kind",
                violation_error_message="Det som är struket har bara ett från, det som är nytt bara ett till, och allt annat har båda.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.UniqueConstraint(
                fields=("from_prioritering", "to_prioritering"),
                name="programme_lineage_of_prioriteringar_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="lineage",
            constraint=models.UniqueConstraint(
                fields=("from_fokusomrade", "to_fokusomrade"),
                name="programme_lineage_of_fokusomraden_once",
            ),
        ),
    ]
