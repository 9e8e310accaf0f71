from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0006_rooms")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="kind",
            field=models.CharField(
                choices=[("template", "Template"), ("written", "Written"), ("challenge", "Challenge")],
                default="template",
                max_length=10,
            ),
        ),
        migrations.AlterField(model_name="item", name="miniature", field=models.SlugField(blank=True, max_length=60)),
        migrations.AddField(model_name="item", name="written", field=models.JSONField(null=True)),
    ]
