from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competence', '0002_profiles'),
    ]

    operations = [
        migrations.AddField(
            model_name='kiosksession',
            name='high_contrast',
            field=models.BooleanField(default=False, verbose_name='high contrast'),
        ),
    ]
