from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_rooms")]

    operations = [
        migrations.AddField(
            "item",
            "kind",
            models.CharField(
                choices=[("template", "Template"), ("written", "Written"), ("challenge", "Challenge")],
                default="template",
                max_length=10,
            ),
        ),
        migrations.AddField("save", "held", models.JSONField(null=True)),
    ]
