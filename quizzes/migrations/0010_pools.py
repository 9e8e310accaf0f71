from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def told_by_item(apps: Any, _: Any) -> None:
    """Before there were pools, a variant was of the template of its item."""
    variant, item = apps.get_model("quizzes", "Variant"), apps.get_model("quizzes", "Item")
    own = item.objects.filter(pk=OuterRef("item_id"))
    variant.objects.update(
        miniature=Subquery(own.values("miniature")[:1]), template=Subquery(own.values("template")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0009_printed")]

    operations = [
        migrations.AddField("item", "also", models.JSONField(default=list)),
        migrations.AddField("variant", "miniature", models.SlugField(db_index=False, default="", max_length=60)),
        migrations.AddField("variant", "template", models.SlugField(db_index=False, default="", max_length=60)),
        migrations.RunPython(told_by_item, migrations.RunPython.noop),
        migrations.AlterField("variant", "miniature", models.SlugField(db_index=False, max_length=60)),
        migrations.AlterField("variant", "template", models.SlugField(db_index=False, max_length=60)),
    ]
