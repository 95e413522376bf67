"""Pages and the JSON API: thin. What is decided is decided in actions, queries and policy."""
