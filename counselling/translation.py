"""Fields that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from counselling.models import Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    """Names of topics."""

    fields = ("name",)
