"""Tags for the small drawings of figures; built in to every template. What each draws: ``iqquadrat.core.shapes``."""

from django import template

from iqquadrat.core import shapes

register = template.Library()

register.simple_tag(shapes.bar)
register.simple_tag(shapes.stacked)
register.simple_tag(shapes.band)
register.simple_tag(shapes.quads)
register.simple_tag(shapes.dots)
register.simple_tag(shapes.squares)
register.simple_tag(shapes.score)
register.simple_tag(shapes.interval)
register.simple_tag(shapes.columns)
