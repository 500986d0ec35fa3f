"""On what kind of device somebody is signed in, in plain words: only the kind is kept, never what the browser says of itself in full."""

import re

from django.utils.translation import gettext as _

# The first that is found counts: many browsers also name those they descend from.
BROWSERS = {
    "edge": ("Microsoft Edge", r"Edg(?:e|A|iOS)?/"), "opera": ("Opera", r"OPR/|Opera"), "samsung": ("Samsung Internet", r"SamsungBrowser/"),
    "firefox": ("Firefox", r"Firefox/|FxiOS/"), "chrome": ("Chrome", r"Chrome/|CriOS/|Chromium/"), "safari": ("Safari", r"Safari/"),
}  # fmt: skip
SYSTEMS = {
    "iphone": ("iPhone", r"iPhone"), "ipad": ("iPad", r"iPad"), "android": ("Android", r"Android"), "windows": ("Windows", r"Windows"),
    "mac": ("Mac", r"Macintosh"), "chromebook": ("Chromebook", r"CrOS"), "linux": ("Linux", r"Linux|X11"),
}  # fmt: skip
HANDY = {"iphone", "ipad", "android"}


def kind_of(agent: str) -> str:
    """Return a short code for the browser and the system, for example ``firefox:windows``; empty parts where unknown."""
    agent = agent[:500]
    return ":".join(
        next((code for code, (_name, sign) in table.items() if re.search(sign, agent)), "")
        for table in (BROWSERS, SYSTEMS)
    )


def words_for(kind: str) -> str:
    """Return the code in words: “Firefox on Windows”."""
    browser, _colon, system = kind.partition(":")
    browser_name, system_name = BROWSERS.get(browser, ("",))[0], SYSTEMS.get(system, ("",))[0]
    if browser_name and system_name:
        return _("%(browser)s on %(system)s") % {"browser": browser_name, "system": system_name}
    return browser_name or system_name or _("Unknown device")


def icon_for(kind: str) -> str:
    """Return the name of an icon: something for the hand, or for the desk."""
    return "phone" if kind.partition(":")[2] in HANDY else "display"
