"""What each screen shows, as pure functions of a match and a seat: figures with their tips. No pygame."""
