"""A file that came when the password had grown old waits for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('counselling', '0017_attendance_of_one_centre'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importrun',
            name='state',
            field=models.CharField(choices=[('kept', 'waits for your password'), ('reading', 'is being read'), ('refused', 'could not be read'), ('mapping', 'columns to be named'), ('checking', 'is being checked'), ('checked', 'checked'), ('importing', 'is coming in'), ('imported', 'imported'), ('undoing', 'is being undone'), ('undone', 'undone'), ('cancelled', 'cancelled')], default='reading', max_length=15, verbose_name='state'),
        ),
    ]
