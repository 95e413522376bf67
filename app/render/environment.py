"""One Jinja environment for each language: autoescape on, undefined names refused."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.activities import language
from app.render import assets, diff, estimates, figures, glyphs, moments, plots, qr, terms, words
from app.settings import ROOT

TEMPLATES = ROOT / "templates"

# Macros that every template may use without importing them.
DRAWN = {
    "components/amendments.html": ("amended", "brackets_left", "flag_about", "ruled_words"),
    "components/icons.html": ("icon",),
    "components/agreement.html": ("agreement_icon", "agreement_word", "importing", "minutes_left"),
    "components/marks.html": ("mark", "silence", "stage_name", "trial"),
    "components/receipt.html": ("receipt",),
    "components/sifting.html": ("marked", "sifting"),
    "components/signed.html": ("shown_by", "shown_from"),
    "components/speech.html": ("speech_clock",),
    "components/wordings.html": ("redline", "removed", "size", "wording"),
    "components/interpreting.html": ("said_text", "subject"),
    "components/charts.html": (
        "answer_bar",
        "dots",
        "opinion_chart",
        "rank_chart",
        "rank_strip",
        "interval",
        "rating_legend",
        "scale_ticks",
        "seats",
        "share_against",
        "share_bar",
        "share_line",
        "size_bar",
        "strip",
        "strip_legend",
    ),
    "components/estimates.html": (
        "estimate_chart",
        "estimate_legend",
        "estimate_ticks",
        "estimated",
    ),
}


@cache
def environment(lang: str) -> Environment:
    """Templates as this language's readers see them."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    catalogue = words.translations(lang)
    env.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= moments.filters(lang) | figures.filters(lang)
    env.globals |= {
        "lang": lang,
        "dir": words.direction(lang),
        "languages": words.LANGUAGES,
        "say": _say(catalogue.gettext),
        "term": terms.terms(catalogue.gettext),
        "TERMS": terms.TERMS,
        "changes": diff.changes,
        "pieces": language.pieces,
        "passages": language.passages,
        "glyph": glyphs.glyph,
        "highest": plots.highest,
        "quartiles": plots.quartiles,
        "rated": plots.rated,
        "side_by_side": plots.side_by_side,
        "steps": plots.steps,
        "ticks": plots.ticks,
        "qr": qr.svg,
        "static": assets.static,
    }
    env.globals |= estimates.helpers()
    for template, names in DRAWN.items():
        module = env.get_template(template).module
        env.globals |= {name: getattr(module, name) for name in names}
    return env


def _say(gettext: Any) -> Any:
    """For templates: a Sentence, a Verdict or a Refused in the reader's language."""

    def say(sentence: Any) -> str:
        message = gettext(sentence.message)
        return str(message.format(**sentence.params)) if sentence.params else str(message)

    return say
