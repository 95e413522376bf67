"""Why the mutants that no test notices are equal to the rule."""

# file → mutant → why nothing can tell it from the rule
EQUAL: dict[str, dict[str, str]] = {}
