import pytest
from django.db import connection
from iqquadrat.core import walls
@pytest.mark.django_db
def test_it():
    with walls.in_centre(7), connection.cursor() as c:
        c.execute("SELECT current_setting('iq.centre', true), iq_centres()")
        print("A", c.fetchone())
        c.execute("SET ROLE postgres")
        c.execute("SELECT current_setting('iq.centre', true), iq_centres()")
        print("B", c.fetchone(), connection.connection.told)
        c.execute("select pg_get_functiondef('iq_centres()'::regprocedure)")
        print(c.fetchone()[0])
    assert 0
