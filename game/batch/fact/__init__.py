"""Published facts about strategies with minerals, played as experiments and set beside what was published."""
