"""worldclass: a theory of class is a program; run it on the world's people."""
