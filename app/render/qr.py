"""QR codes as SVG in the page: no request, sharp in print."""

import io

import segno
from markupsafe import Markup


def svg(address: str) -> Markup:
    """The QR code of an address, dark on light whatever the page's colours, so that phones read
    it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, dark="#062326", light="#ffffff",
        omitsize=True, svgclass="qr", lineclass=None,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - made of an address by the library
