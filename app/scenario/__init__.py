"""The Bangkok scenario: a three-day meeting with synthetic votes, played through the public API."""
