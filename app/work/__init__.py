"""What runs by itself: deadlines and counts. Every task is repeatable; any process may do it."""
