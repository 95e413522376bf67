"""Words by language, and the pseudo-language that shows what was forgotten."""

from html.parser import HTMLParser

import pytest

from app.render import words
from app.render.pages import page

STYLEGUIDE = "pages/styleguide.html"
# What no language translates: names of tokens, of languages, of places and the keys of a keyboard.
SAID_IN_ANY_LANGUAGE = {"code", "dt", "kbd", "bdi", "title"}


class Texts(HTMLParser):
    """The texts of a page with the tags around them; what is in another language stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.above: list[tuple[str, bool]] = []
        self.found: list[tuple[set[str], str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "input", "br", "col"}:
            foreign = tag != "html" and any(name == "lang" for name, _ in attrs)
            self.above.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(foreign for _, foreign in self.above):
            self.found.append(({tag for tag, _ in self.above}, data.strip()))


def plain_texts(html: str) -> list[str]:
    texts = Texts()
    texts.feed(html)
    return [
        text
        for tags, text in texts.found
        if not tags & SAID_IN_ANY_LANGUAGE
        and any(letter.isascii() and letter.isalpha() for letter in text)
        and "⟦" not in text
        and "⟧" not in text
    ]


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_styleguide_is_drawn_in_every_language(lang: str) -> None:
    html = page(STYLEGUIDE, lang=lang, workshop=None)
    assert f'dir="{words.direction(lang)}"' in html


def test_no_text_of_the_styleguide_was_forgotten() -> None:
    left = plain_texts(page(STYLEGUIDE, lang=words.PSEUDO, workshop=None))
    assert [text for text in left if not text.startswith("PA")] == []


def test_reading_runs_right_to_left_in_arabic_and_in_the_pseudo_language() -> None:
    assert [lang for lang in words.LANGUAGES if words.direction(lang) == "rtl"] == ["ar", "en-XB"]


def test_accents_spare_what_code_fills_in() -> None:
    said = words.accented("Recorded, no. {number}, %(time)s <b>&amp;</b>")
    assert said == "⟦Ŕéçöŕdéd, ñö. {number}, %(time)s <b>&amp;</b>⟧"


@pytest.mark.parametrize(
    ("wish", "spoken"), [("fr-CH", "fr"), ("zh", "zh"), ("xx", "en"), ("en-XB", "en-XB")]
)
def test_a_wish_leads_to_a_language_that_there_is(wish: str, spoken: str) -> None:
    assert words.known(wish) == spoken


@pytest.mark.parametrize("lang", [lang for lang in words.LANGUAGES if lang != words.PSEUDO])
def test_a_sentence_without_translation_stays_english(lang: str) -> None:
    assert words.translations(lang).gettext("a sentence of no page") == "a sentence of no page"
