"""Every change of state: one function per verb, one file per noun.

An action is `verb(tx, actor, …) -> Done`: it asks the policy, writes rows, logs, and never awaits.
"""
