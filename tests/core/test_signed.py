"""A difference with its sign: a true minus, not a hyphen."""

import pytest
from django.utils.translation import override

from iqquadrat.core.templatetags.iq import signed


@pytest.mark.parametrize(
    ("number", "said"), [(3, "+3"), (0, "0"), (-3, "\u22123"), (-1234, "\u22121.234"), (1234, "+1.234")]
)
def test_the_sign_stands_before_the_number(number: int, said: str) -> None:
    with override("de"):
        assert signed(number) == said
