"""The window: theme, text, icons, flags, widgets, map and screens. The only package that imports pygame."""
