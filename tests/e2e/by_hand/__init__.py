"""The minutes of a meeting held by hand: one module for each part of it."""
