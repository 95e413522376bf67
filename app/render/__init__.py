"""The only importer of Jinja: pages, regions, charts, and words in the reader's language."""
