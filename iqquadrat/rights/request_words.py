"""Names of columns and values about what a client asked for: who asked, how, and who proposed to erase."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

REQUEST_WORDS: tuple[Promise, ...] = (
    pgettext_lazy("client", "who asked"),
    pgettext_lazy("client", "how it was asked"),
    pgettext_lazy("client", "erasing proposed"),
    pgettext_lazy("client", "erasing proposed by"),
    pgettext_lazy("client", "a legal guardian or parent"),
    pgettext_lazy("client", "somebody with a written authority"),
    pgettext_lazy("client", "in a talk"),
    pgettext_lazy("client", "by telephone"),
    pgettext_lazy("client", "by letter"),
    pgettext_lazy("client", "by e-mail"),
)
