"""The laboratory: a whole high-availability site on one machine, to break things in."""
