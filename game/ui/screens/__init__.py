"""The screens of the game: they lay out what the view models say and pass on what the player does."""
