"""One game being played: its seats, its order log, its save."""
