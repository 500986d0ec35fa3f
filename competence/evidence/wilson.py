"""The interval of a share from few answers."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Interval:
    """Bounds of a share, 0 to 1, unrounded: they are compared with a threshold before anybody rounds them."""

    low: float
    high: float


def wilson(k: int, n: int, z: float) -> Interval:
    """Return the Wilson score interval for ``k`` of ``n``; the whole range when ``n`` is 0.

    With p = k/n:  (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American
    Statistical Association 22 (1927), 209-212. z = 1.96 for 95 %.
    """
    if n == 0:
        return Interval(0.0, 1.0)
    share = k / n
    centre = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At 0 and n of n a bound equals the end of the range; arithmetic may miss it by the last digit.
    low = 0.0 if k == 0 else max(0.0, (centre - spread) / scale)
    high = 1.0 if k == n else min(1.0, (centre + spread) / scale)
    return Interval(low, high)
