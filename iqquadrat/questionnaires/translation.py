"""Which fields have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from iqquadrat.questionnaires.models import Choice, Item, Questionnaire, Section, Version


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    """The name under which staff finds it."""

    fields = ("title",)


@register(Version)
class VersionTranslation(TranslationOptions):
    """What stands at the beginning."""

    fields = ("title", "intro")


@register(Section)
class SectionTranslation(TranslationOptions):
    """The name of a part."""

    fields = ("title",)


@register(Item)
class ItemTranslation(TranslationOptions):
    """The question and its hint. The text to read of a probe stays German and is no translated field."""

    fields = ("label", "hint")


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    """The answer."""

    fields = ("text",)
