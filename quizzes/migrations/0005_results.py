from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0004_building")]

    operations = [
        migrations.AddField("answer", "by_hand", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("answer", "excused", models.BooleanField(default=False)),
        migrations.AddField("variant", "rerun", models.JSONField(null=True)),
        migrations.AddField("variant", "rulings", models.JSONField(default=list)),
    ]
