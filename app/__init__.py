"""Consilience: live expert meetings that end in an agreed matrix."""
