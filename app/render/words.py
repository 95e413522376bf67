"""Words by language: translations, text direction, and the pseudo-language that proves them."""

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "consilience"

# Right to left and accented: whatever stays plain on screen was forgotten by the translation.
PSEUDO = "en-XB"
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
    PSEUDO: "[Ƥşeŭđo]",
}
ACCENTED = str.maketrans("aceghijlnorstuwyzACEGHIJLNORSTUWYZ", "áçéğħíĵļñöŕşţûŵýžÁÇÉĞĦÍĴĻÑÖŔŞŢÛŴÝŽ")
# What must survive the accents: {name}, %(name)s, markup and entities.
KEPT = re.compile(r"\{[^}]*\}|%\([^)]*\)[sd]|%%|<[^>]*>|&\w+;")


class PseudoTranslations(NullTranslations):
    """Accents every letter outside placeholders and puts the whole between brackets."""

    def gettext(self, message: str) -> str:
        return accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return accented(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return accented(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)


def accented(message: str) -> str:
    """A message as the pseudo-language says it."""
    if not message:
        return message
    parts, at = [], 0
    for found in KEPT.finditer(message):
        parts += [message[at : found.start()].translate(ACCENTED), found[0]]
        at = found.end()
    return f"⟦{''.join(parts)}{message[at:].translate(ACCENTED)}⟧"


@cache
def translations(lang: str) -> NullTranslations:
    """The catalogue of a language, read as its translators write it; English where there is none
    and for every sentence that is not translated yet."""
    if lang == PSEUDO:
        return PseudoTranslations()
    file = LOCALE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, _translated(read_po(opened, locale=lang)))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _translated(catalogue: Catalog) -> Catalog:
    """Without what has no translation yet: a file would give its English by the other language's
    count, so that one stood as several."""
    for message in [one for one in catalogue if one.id and one.pluralizable]:
        if not all(message.string or ("",)):
            catalogue.delete(message.id)
    return catalogue


def known(lang: str) -> str:
    """The language to speak for a wish such as "fr-CH" or "xx": one that there is."""
    if lang in LANGUAGES:
        return lang
    short = lang.split("-", maxsplit=1)[0].lower()
    return short if short in LANGUAGES else "en"


def direction(lang: str) -> str:
    """rtl or ltr."""
    return "rtl" if lang == PSEUDO or locale(lang).text_direction == "rtl" else "ltr"


@cache
def locale(lang: str) -> Locale:
    """Babel's locale for dates and numbers."""
    return Locale.parse("en" if lang == PSEUDO else known(lang))
