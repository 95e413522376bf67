"""An oTree project with one app."""

SESSION_CONFIGS = [{"name": "poll", "app_sequence": ["poll"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1.0, "participation_fee": 0.0}
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "USD"
USE_POINTS = True
ADMIN_USERNAME = "admin"
SECRET_KEY = "of a server that lives for a minute"
