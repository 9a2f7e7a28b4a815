"""A torus of sites, packed in bits, on which persons stand, move and look around."""
