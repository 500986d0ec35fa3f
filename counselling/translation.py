"""Fields that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from counselling.models import Institution, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    """Names of topics."""

    fields = ("name",)


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    """Names of institutions; where a language has none, people know the German one from the door."""

    fields = ("name",)
