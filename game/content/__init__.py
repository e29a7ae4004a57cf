"""Levels: the world's figures as files that a teacher can edit, checked, and turned into arrays for the engine."""
