"""The parts of the document: the paper, and what is written on it in which order."""
