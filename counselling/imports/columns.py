"""What a spreadsheet can bring: the columns of both kinds, and by which names people call them."""

from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.enums import ImportKind
from counselling.queries import topics_in_use
from iqquadrat.core.importing.columns import Column, Shape

C, S = Column, Shape

CLIENT_COLUMNS = [
    C(field="reference", label=_("Own number"), called=("nr", "nummer", "klientennummer", "lfd nr", "id", "aktenzeichen", "number", "no"), hint=_("the number in your old list; consultations find the person by it"), example="A-17"),
    C(field="given_name", label=_("Given name"), called=("vorname", "vornamen", "rufname", "first name", "forename"), hint=_("at least one of both names is needed"), example="أمل"),
    C(field="family_name", label=_("Family name"), called=("nachname", "familienname", "name", "zuname", "last name", "surname"), example="حدّاد"),
    C(field="latin_given_name", label=_("Given name in Latin letters"), called=("vorname lateinisch", "vorname latein"), example="Amal"),
    C(field="latin_family_name", label=_("Family name in Latin letters"), called=("nachname lateinisch", "familienname lateinisch", "nachname latein"), example="Haddad"),
    C(field="aliases", label=_("Other names"), called=("geburtsname", "alias", "andere namen", "maiden name")),
    C(field="name_order", label=_("Order of the name"), shape=S.CHOICE, choices=enums.NameOrder, called=("namensfolge",)),
    C(field="form_of_address", label=_("Form of address"), shape=S.CHOICE, choices=enums.FormOfAddress, called=("anrede", "title", "salutation"), example="Frau"),
    C(field="birth", label=_("Born"), shape=S.BIRTH, called=("geboren", "geburtsdatum", "geb", "geb datum", "geburtstag", "date of birth", "birth date", "dob", "birthday"), hint=_("14.3.1991, or only 3/1991, or only 1991"), example="14.3.1991"),
    C(field="age_band", label=_("Age group"), shape=S.CHOICE, choices=enums.AgeBand, called=("altersgruppe", "age group"), hint=_("only where no date is known")),
    C(field="gender", label=_("Gender"), shape=S.CHOICE, choices=enums.Gender, called=("geschlecht", "m/w", "m/w/d", "w/m", "sex"), example="weiblich"),
    C(field="country_of_birth", label=_("Country of birth"), called=("geburtsland", "herkunftsland", "herkunft", "country", "birth country"), example="Syrien"),
    C(field="nationalities", label=_("Nationalities"), called=("staatsangehörigkeit", "nationalität", "nationality", "citizenship", "staatsbürgerschaft"), hint=_("several with a comma"), example="Syrien"),
    C(field="arrived_year", label=_("In Germany since (year)"), shape=S.NUMBER, called=("in deutschland seit", "einreisejahr", "einreise", "year of arrival", "arrived"), example="2015"),
    C(field="spoken_languages", label=_("Speaks"), shape=S.CHOICES, choices=enums.SpokenLanguage, called=("spricht", "sprachen", "sprache", "muttersprache", "languages", "language", "mother tongue"), hint=_("several with a comma"), example="Arabisch, Deutsch"),
    C(field="reading_language", label=_("Reads best"), shape=S.CHOICE, choices=enums.SpokenLanguage, called=("liest", "lesesprache", "reading language"), example="Arabisch"),
    C(field="residence_status", label=_("Residence status"), shape=S.CHOICE, choices=enums.ResidenceStatus, called=("aufenthalt", "aufenthaltsstatus", "aufenthaltstitel", "status", "residence"), example="Aufenthaltserlaubnis"),
    C(field="residence_until", label=_("Valid until"), shape=S.DAY, called=("gültig bis", "aufenthalt bis", "titel bis", "residence until"), example="31.12.2027"),
    C(field="work_permission", label=_("Work"), shape=S.CHOICE, choices=enums.WorkPermission, called=("arbeitserlaubnis", "arbeit", "work permission", "work permit"), example="erlaubt"),
    C(field="street", label=_("Street and number"), called=("straße", "strasse", "adresse", "anschrift", "straße nr", "street", "address"), example="Eisenbahnstraße 1"),
    C(field="postal_code", label=_("Postal code"), called=("plz", "postleitzahl", "zip", "zip code"), example="04315"),
    C(field="district", label=_("District"), called=("ortsteil", "stadtteil", "quarter"), example="Volkmarsdorf"),
    C(field="phone", label=_("Phone"), called=("telefon", "tel", "handy", "mobil", "telefonnummer", "mobile", "telephone"), example="0151 5550100"),
    C(field="email", label=_("E-mail"), called=("e-mail", "email", "mail", "e-mail-adresse"), example="amal@example.org"),
    C(field="messenger", label=_("Messenger"), called=("whatsapp", "signal", "telegram")),
    C(field="school_isced", label=_("School"), shape=S.CHOICE, choices=enums.SchoolLevel, called=("schule", "schulabschluss", "bildung", "school leaving certificate")),
    C(field="training", label=_("Training and occupation"), called=("ausbildung", "beruf", "ausbildung und beruf", "occupation", "profession"), example="Köchin"),
    C(field="recognition", label=_("Recognition"), shape=S.CHOICE, choices=enums.Recognition, called=("anerkennung", "recognition")),
    C(field="driving_licences", label=_("Driving licence"), shape=S.CHOICES, choices=enums.DrivingLicence, called=("führerschein", "fahrerlaubnis", "driving license")),
    C(field="labour_market_status", label=_("Work situation at entry"), shape=S.CHOICE, choices=enums.LabourMarketStatus, called=("arbeitsmarkt", "arbeitsmarktstatus", "erwerbsstatus", "beschäftigung", "employment")),
    C(field="income_type", label=_("Lives on"), shape=S.CHOICE, choices=enums.IncomeType, called=("einkommen", "leistungen", "leistungsbezug", "lebensunterhalt", "income"), example="SGB II"),
    C(field="availability", label=_("Available"), called=("verfügbar", "verfügbarkeit", "availability")),
    C(field="heard_from", label=_("Heard of the centre"), shape=S.CHOICE, choices=enums.HeardFrom, called=("aufmerksam durch", "zugang", "heard from")),
    C(field="entered_on", label=_("Entered on"), shape=S.DAY, called=("eintritt", "aufnahme", "aufnahmedatum", "erstkontakt", "erstgespräch", "eintrittsdatum", "entry", "intake", "first contact"), hint=_("today, where nothing stands here"), example="3.2.2020"),
    C(field="counsellor", label=_("In charge"), shape=S.PERSON, called=("zuständig", "berater", "beraterin", "berater/in", "counsellor"), hint=_("name or e-mail of somebody of the team")),
]  # fmt: skip

CONSULTATION_COLUMNS = [
    C(field="client_number", label=_("Number of the client"), called=("klientennummer", "nr", "nummer", "id", "aktenzeichen", "klient", "client number", "number", "no"), hint=_("ours (K-2026-0001), or the own number of an imported list"), example="A-17"),
    C(field="client_name", label=_("Name of the client"), called=("name", "klient/in", "klientin", "person", "client"), hint=_("with the birth date, where there is no number; nothing at all: an anonymous short contact"), example="Amal Haddad"),
    C(field="client_birth", label=_("Birth date of the client"), shape=S.BIRTH, called=("geboren", "geburtsdatum", "geb", "date of birth", "dob"), example="14.3.1991"),
    C(field="held_on", label=_("Day"), shape=S.DAY, called=("datum", "tag", "beratungsdatum", "termin", "date"), example="24.11.2019", needed=True),
    C(field="held_time", label=_("Begin"), shape=S.CLOCK, called=("uhrzeit", "zeit", "beginn", "von", "time", "start"), hint=_("noon, where nothing stands here"), example="10:30"),
    C(field="minutes", label=_("Minutes"), shape=S.NUMBER, called=("dauer", "dauer in minuten", "min", "duration"), example="45"),
    C(field="channel", label=_("How"), shape=S.CHOICE, choices=enums.Channel, called=("art", "kontaktart", "weg", "form", "channel", "type"), example="Telefon"),
    C(field="languages", label=_("Languages"), shape=S.CHOICES, choices=enums.SpokenLanguage, called=("sprache", "sprachen", "beratungssprache", "language"), example="Arabisch, Deutsch"),
    C(field="interpretation", label=_("Language help by"), shape=S.CHOICE, choices=enums.Interpretation, called=("sprachmittlung", "dolmetschen", "dolmetscher", "interpreter")),
    C(field="main_topic", label=_("Main topic"), shape=S.CHOICE, called=("thema", "hauptthema", "anliegen thema", "topic", "subject"), example="Bewerbung", needed=True),
    C(field="other_topics", label=_("Other topics"), shape=S.CHOICES, called=("weitere themen", "nebenthemen"), hint=_("at most two, with a comma"), example="Deutschkurs"),
    C(field="concern", label=_("Concern"), shape=S.NOTE, called=("anliegen", "notiz", "bemerkung", "inhalt", "note", "notes", "remark")),
    C(field="done", label=_("Done"), shape=S.NOTE, called=("getan", "ergebnis", "unternommen")),
    C(field="agreed", label=_("Agreed"), shape=S.NOTE, called=("vereinbart", "vereinbarung", "absprache")),
    C(field="private_note", label=_("Private note"), shape=S.NOTE, called=("private notiz", "persönliche notiz"), hint=_("only in consultations of your own")),
    C(field="is_no_show", label=_("Did not come"), shape=S.CHOICE, choices=enums.YesNo, called=("nicht gekommen", "nicht erschienen", "ausgefallen", "no-show", "no show"), example="nein"),
    C(field="counsellor", label=_("Advised by"), shape=S.PERSON, called=("berater", "beraterin", "berater/in", "beraten von", "counsellor"), hint=_("name or e-mail of somebody of the team")),
]  # fmt: skip

COLUMNS = {ImportKind.CLIENTS: CLIENT_COLUMNS, ImportKind.CONSULTATIONS: CONSULTATION_COLUMNS}


def columns_of(kind: str) -> dict[str, Column]:
    """Return the columns of a kind by their fields."""
    return {column.field: column for column in COLUMNS[ImportKind(kind)]}


def choices_of(column: Column) -> list[tuple[str, str]]:
    """Return codes and words of a column of choices, in the language of the reader; a query where it is about topics."""
    if column.choices is not None:
        return [(code, str(label)) for code, label in column.choices.choices]
    return [(topic.key, str(topic.name)) for topic in topics_in_use()]
