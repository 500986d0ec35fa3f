"""Fonts for papers: one is drawn with the letters of all languages."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from iqquadrat import pdf
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok

# The letters of each language, those with marks above all; what a keyboard for it can write.
LETTERS = {
    "de": "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz ÄÖÜ äöü ß 0123456789 „“ ‚‘ – € §",
    "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя №",
    "vi": "ĂÂĐÊÔƠƯ ăâđêôơư áàảãạ ắằẳẵặ ấầẩẫậ éèẻẽẹ ếềểễệ íìỉĩị óòỏõọ ốồổỗộ ớờởỡợ úùủũụ ứừửữự ýỳỷỹỵ",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ٠١٢٣٤٥٦٧٨٩ ، ؛ ؟",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی ۰۱۲۳۴۵۶۷۸۹ می‌خواهم",
    "tr": "ÇĞİIÖŞÜ çğıiöşü",
    "uk": "ҐЄІЇ ґєії ’",
    "ku": "ÇÊÎŞÛ çêîşû",
    "en": "“” ‘’ — £",
    "fr": "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâæçéèêëîïôœùûüÿ «»",
}


def has_all_letters(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """No letter is missing, and none is lent by a font of the system, which looks otherwise on the next machine."""
    lines = format_html_join("", '<p lang="{}">{}</p>', LETTERS.items())
    families, missing = pdf.letters_of(
        format_html('<html lang="de"><body class="paper">{}</body></html>', lines)
    )
    foreign = sorted(families - set(settings.PDF_FONT_FOLDERS))
    advice = _("Install the fonts again: npm ci")
    if missing:
        yield fault(_("Papers lack the letters %(letters)s.") % {"letters": missing}, advice)
    if foreign:
        yield fault(
            _("Papers are set in fonts of the system (%(names)s).") % {"names": ", ".join(foreign)}, advice
        )
    if not missing and not foreign:
        yield ok(_("A paper was drawn; no letter of the ten languages is missing."))
