"""What exports and imports share."""
