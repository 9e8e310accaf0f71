from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0007_written")]

    operations = [migrations.AddField("save", "held", models.JSONField(null=True))]
