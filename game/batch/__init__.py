"""Whole games without a window: headless runs, acceptance tables and the speed figures."""
