"""Being written by the second screens builder (see the end of the kit's API notes); do not write this file."""
