"""The window: theme, text, icons, flags, widgets, map and screens. The only package that imports pygame."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
