"""Invented people and figures for the gallery of components, in German and in Arabic."""

from dataclasses import dataclass
from typing import Any

from django import forms

from iqquadrat.core import pictograms
from iqquadrat.core.forms import Section, SheetHelper, StackedHelper, Together, choice_field
from iqquadrat.core.paging import SizedPaginator

SWATCHES = (
    "ground", "surface", "sunken", "line", "control-line", "ink-3", "ink-2", "ink",
    "primary", "primary-tint", "accent", "accent-tint", "ok", "info", "warn", "bad",
)  # fmt: skip


@dataclass(frozen=True)
class SamplePerson:
    """Somebody with a name in two scripts."""

    latin_name: str
    native_name: str
    native_language: str


AMAL = SamplePerson("Amal Haddad", "أمل حدّاد", "ar")
DMITRI = SamplePerson("Dmitri Schtscherbakow", "Дмитрий Щербаков", "ru")
ROJIN = SamplePerson("Rojîn Demir", "", "")

WORDS: dict[str, dict[str, str]] = {
    "de": {
        "title": "Deutsch, von links nach rechts", "colours": "Farben", "type": "Schrift", "page_title": "Seitentitel", "part": "Abschnitt",
        "reading": "Lesetext. Wer wenig Deutsch liest, braucht kurze Sätze und ruhige Zeilen.", "more": "Mehr zeigen",
        "aside": "Nebensache, zweite Zeile", "buttons": "Knöpfe", "save": "Speichern", "cancel": "Abbrechen", "propose": "Vorschlagen",
        "delete": "Löschen", "saving": "Wird gespeichert", "locked": "Gesperrt", "picture": "Bild", "table": "Tabelle",
        "fields": "Felder", "name": "Name", "as_written": "So, wie er geschrieben wird.", "phone": "Telefon",
        "digits_please": "Bitte nur Ziffern eingeben, zum Beispiel 0341 555012.", "language": "Sprache", "arabic": "Arabisch",
        "russian": "Russisch", "agrees": "Ist einverstanden", "way": "Wie", "planned": "geplant", "open": "spontan", "address": "Adresse",
        "postal_code": "Postleitzahl", "town": "Ort", "marks": "Marken und Zustände", "all": "Alles", "talks": "Beratungen",
        "application": "Bewerbung", "search": "Arbeitssuche", "arrived": "angekommen", "pending": "offen", "discuss": "zu besprechen",
        "late": "überfällig", "resting": "ruhend", "running": "läuft seit 38 min", "messages": "Meldungen",
        "saved": "Gespeichert. Die Wiedervorlage steht für Freitag.", "changed": "Frau Wójcik hat diese Angaben gerade geändert.",
        "both": "Beide Fassungen ansehen", "offline": "Ohne Netz. Ihr Text bleibt erhalten.",
        "expired": "Der Code ist abgelaufen. Bitte einen neuen holen.", "lists": "Tabelle und Seiten", "history": "Verlauf",
        "profile": "Profil", "placement": "Vermittlung", "contacts": "Kontakte", "question": "Rückfrage und Fortschritt",
        "ask": "Akte K-2024-0231 löschen?",
        "lost": "Alle Angaben, Notizen und das Profil werden gelöscht. Die Zahlen in Berichten bleiben gleich. Das kann niemand rückgängig machen.",
        "keep": "Behalten", "delete_record": "Akte löschen", "working": "Bericht wird erstellt", "chapter": "Kapitel 4 von 7",
        "none_yet": "Noch keine Beratung", "first": "Die erste erfassen Sie mit der Taste n.", "figures": "Daten zeigen",
        "people": "Mit Menschen", "strong": "stark", "of": "5 von 6", "confirmed": "im Gespräch bestätigt", "fits": "ganz",
        "in_part": "zum Teil", "not": "nicht", "timeline": "Verlauf einer Person", "talk": "Beratung", "agreed": "Vereinbart",
        "agreed_what": "Sie geht am Donnerstag um 15 Uhr hin.", "next": "Anrufen: Wie war das Gespräch?", "kiosk": "Was Klient/innen treffen",
        "kitchen": "Küche", "care": "Pflege", "read": "Vorlesen", "forms": "Formular auf einem Blatt",
    },
    "ar": {
        "title": "العربية، من اليمين إلى اليسار", "colours": "الألوان", "type": "الخط", "page_title": "عنوان الصفحة", "part": "عنوان القسم",
        "reading": "نصّ للقراءة. الجُمل القصيرة والأسطر الهادئة تساعد على الفهم، حتى مع كلمة Jobcenter في الوسط.", "more": "عرض المزيد",
        "aside": "معلومة جانبية، سطر ثانٍ", "buttons": "أزرار", "save": "حفظ", "cancel": "إلغاء", "propose": "اقتراح", "delete": "حذف",
        "saving": "جارٍ الحفظ", "locked": "غير متاح", "picture": "صورة", "table": "جدول", "fields": "حقول", "name": "الاسم",
        "as_written": "كما هو مكتوب في الوثائق.", "phone": "الهاتف", "digits_please": "أرقام فقط، مثلًا ٠٣٤١ ٥٥٥٠١٢.", "language": "اللغة",
        "arabic": "العربية", "russian": "الروسية", "agrees": "موافقة على حفظ البيانات", "way": "كيف", "planned": "بموعد", "open": "بلا موعد",
        "address": "العنوان", "postal_code": "الرمز البريدي", "town": "المدينة", "marks": "علامات وحالات", "all": "الكل", "talks": "استشارات",
        "application": "طلب عمل", "search": "بحث عن عمل", "arrived": "تمّ الوصول", "pending": "مفتوح", "discuss": "للمناقشة", "late": "متأخّر",
        "resting": "متوقّف", "running": "جارٍ منذ ٣٨ دقيقة", "messages": "رسائل", "saved": "تمّ الحفظ. المتابعة يوم الجمعة.",
        "changed": "تمّ تغيير هذه البيانات الآن من شخص آخر.", "both": "عرض النسختين", "offline": "لا اتصال بالشبكة. النصّ محفوظ.",
        "expired": "انتهت صلاحية الرمز. رمز جديد من مكتب الاستشارة.", "lists": "جدول وصفحات", "history": "السجلّ", "profile": "الكفاءات",
        "placement": "التوظيف", "contacts": "اللقاءات", "question": "سؤال وتقدّم", "ask": "حذف الملف K-2024-0231؟",
        "lost": "حذف كل البيانات والملاحظات. الأرقام في التقارير تبقى كما هي. لا رجوع بعد ذلك.", "keep": "إبقاء الملف",
        "delete_record": "حذف الملف", "working": "جارٍ إعداد التقرير", "chapter": "الفصل ٤ من ٧", "none_yet": "لا استشارة بعد",
        "first": "تسجيل الأولى بزرّ n.", "figures": "عرض البيانات", "people": "العمل مع الناس", "strong": "قوي", "of": "٥ من ٦",
        "confirmed": "مؤكّد في المحادثة", "fits": "كامل", "in_part": "جزئي", "not": "لا", "timeline": "سجلّ شخص", "talk": "استشارة",
        "agreed": "الاتفاق", "agreed_what": "الموعد يوم الخميس الساعة ١٥.", "next": "اتصال: كيف كانت المقابلة؟", "kiosk": "شاشة الأسئلة",
        "kitchen": "المطبخ", "care": "الرعاية", "read": "استماع", "forms": "استمارة على صفحة واحدة",
    },
}  # fmt: skip


class SampleForm(forms.Form):
    """A form with every kind of field; bound, so that errors show."""

    name = forms.CharField()
    phone = forms.CharField()
    language = forms.ChoiceField(required=False)
    way = forms.ChoiceField(widget=forms.RadioSelect)
    agrees = forms.BooleanField(required=False)
    postal_code = forms.CharField(required=False)
    town = forms.CharField(required=False)

    def __init__(self, words: dict[str, str], key: str, *, sheet: bool) -> None:
        data = {"name": "Amal Haddad", "phone": "0341 5550l2", "way": "planned", "agrees": "on"}
        super().__init__(data=data, auto_id=f"{key}-%s", prefix=key)
        self.data = {f"{key}-{name}": value for name, value in data.items()}
        self.words = words
        for name, field in self.fields.items():
            field.label = words[name]
        self.fields["name"].help_text = words["as_written"]
        choice_field(self, "language").choices = [("ar", words["arabic"]), ("ru", words["russian"])]
        choice_field(self, "way").choices = [("planned", words["planned"]), ("open", words["open"])]
        rows = ("name", "phone", "language", "way", "agrees")
        self.helper = (
            SheetHelper(Section(words["part"], *rows, Together(words["address"], "postal_code", "town")))
            if sheet
            else StackedHelper(*rows)
        )

    def clean_phone(self) -> str:
        """Refuse the letter among the digits."""
        raise forms.ValidationError(self.words["digits_please"])


def gallery_context() -> dict[str, Any]:
    """Return what the gallery shows: each language in light and in dark."""
    page = SizedPaginator(range(312), 25).page(3)
    return {
        "pictograms": pictograms.names(),
        "swatches": SWATCHES,
        "page_obj": page,
        "amal": AMAL,
        "dmitri": DMITRI,
        "rojin": ROJIN,
        "series": [(180, 64), (250, 88), (318, 112), (402, 141), (437, 156), (300, 90), (410, 120)],
        "sections": [
            {
                "key": f"{language}-{theme}",
                "language": language,
                "direction": "rtl" if language == "ar" else "ltr",
                "theme": theme,
                "words": words,
                "stacked": SampleForm(words, f"{language}-{theme}-a", sheet=False),
                "sheet": SampleForm(words, f"{language}-{theme}-b", sheet=True),
            }
            for language, words in WORDS.items()
            for theme in ("light", "dark")
        ],
    }
