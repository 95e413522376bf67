"""Where the system's Chromium is. Playwright's own builds are never downloaded."""

import shutil

# The same engine without the windows around it, which take most of a whole Chromium's time.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = "there is no Chromium here; install the system's package `chromium`"


def path() -> str | None:
    """The program, or None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
