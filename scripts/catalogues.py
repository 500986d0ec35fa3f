"""Keep the catalogues: gather texts, and refuse stale, empty or fuzzy entries.

    python scripts/catalogues.py gather   # update locale/ from the sources
    python scripts/catalogues.py check    # fail when a text is missing

German must be complete. Of the client languages, what a client meets must be: those texts carry the context "client" (or one
that begins with "client:"), and only those are kept in the other catalogues. English is one of them: the sources speak the
English of the staff, its catalogue the plain English that somebody reads who knows little of it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.utils import dates

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"de": "nplurals=2; plural=(n != 1);"}
CLIENT_LANGUAGES = {
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "vi": "nplurals=1; plural=0;",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "fa": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n > 1);",
    "uk": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "ku": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}  # fmt: skip
# Django brings months and days of the week in every language of ours but this one.
UNKNOWN_TO_DJANGO = {"ku"}
IGNORED = ["node_modules", ".venv", "staticfiles", "tests", "benchmarks", "media"]


def template() -> polib.POFile:
    """Return all texts of the sources, sorted, without places (they would change with every line)."""
    with tempfile.TemporaryDirectory() as folder:
        languages = Path(folder) / "locale"
        languages.mkdir()
        command = [sys.executable, "-c", _MAKEMESSAGES, str(languages)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        # makemessages writes beside the catalogues as soon as there are some, whatever LOCALE_PATHS says
        beside = ROOT / "locale" / "django.pot"
        texts = polib.pofile(str(beside if beside.exists() else languages / "django.pot"))
        beside.unlink(missing_ok=True)
        return texts


_MAKEMESSAGES = f"""
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")
import django
from django.conf import settings
settings.LOCALE_PATHS = [sys.argv[1]]
django.setup()
from django.core.management import call_command
call_command("makemessages", all=True, keep_pot=True, add_location="never", no_wrap=True, ignore_patterns={IGNORED!r},
             extensions=["html", "txt", "py"], verbosity=0)
"""


def wanted(entry: polib.POEntry, language: str) -> bool:
    """Tell whether a catalogue keeps this text."""
    return language in LANGUAGES or (entry.msgctxt or "").split(":")[0] == "client"


def expected_in(language: str, source: polib.POFile) -> list[polib.POEntry]:
    """Return all texts that a language's catalogue has to have."""
    texts = [entry for entry in source if wanted(entry, language)]
    return texts + (calendar_words() if language in UNKNOWN_TO_DJANGO else [])


def calendar_words() -> list[polib.POEntry]:
    """Return months and days of the week as Django asks for them: ``date_format`` and the kiosk's calendar."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # so they read as they stand in the sources
    said = [dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR]
    plain = [polib.POEntry(msgid=str(word)) for words in said for word in words.values()]
    in_dates = [polib.POEntry(msgctxt="alt. month", msgid=str(word)) for word in dates.MONTHS_ALT.values()]
    return plain + in_dates


def catalogue(language: str) -> Path:
    """Return the path of a language's catalogue."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    """Return what makes a text the same text."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def gather() -> int:
    """Write every catalogue anew, keeping the translations there are."""
    source = template()
    for language, plural in (LANGUAGES | CLIENT_LANGUAGES).items():
        path = catalogue(language)
        known = {key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        fresh = polib.POFile(wrapwidth=0)
        fresh.metadata = {
            "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit", "Language": language,
            "Plural-Forms": plural,
        }  # fmt: skip
        for entry in sorted(expected_in(language, source), key=key):
            old = known.get(key(entry))
            kept = polib.POEntry(
                msgctxt=entry.msgctxt,
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                flags=[f for f in entry.flags if f != "fuzzy"],
                comment=entry.comment,
            )
            if old is not None:
                kept.msgstr, kept.msgstr_plural = old.msgstr, old.msgstr_plural
            elif entry.msgid_plural:
                kept.msgstr_plural = dict.fromkeys(range(int(plural.split("=")[1].split(";")[0])), "")
            fresh.append(kept)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))
        sys.stdout.write(f"{language}: {len(fresh)} texts, {len(missing(fresh))} missing\n")
    return 0


def missing(texts: polib.POFile) -> list[polib.POEntry]:
    """Return the entries without a translation, or with one that is only a guess."""
    return [entry for entry in texts if not entry.translated() or entry.fuzzy]


def check() -> int:
    """Compare every catalogue with the sources; return 1 when something is missing or stale."""
    source, faults = template(), 0
    for language in LANGUAGES | CLIENT_LANGUAGES:
        path = catalogue(language)
        texts = polib.pofile(str(path)) if path.exists() else polib.POFile()
        expected = {key(entry) for entry in expected_in(language, source)}
        present = {key(entry) for entry in texts if not entry.obsolete}
        for kind, entries in (
            ("not gathered", expected - present), ("stale", present - expected), ("untranslated", {key(entry) for entry in missing(texts)}),
        ):  # fmt: skip
            for entry in sorted(entries):
                faults += 1
                sys.stdout.write(f"{language}: {kind}: {entry}\n")
    sys.stdout.write(
        "catalogues complete\n" if not faults else f"{faults} faults in catalogues; run: make messages\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(gather() if sys.argv[1:] == ["gather"] else check())
