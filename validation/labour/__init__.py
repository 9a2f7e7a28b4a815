"""How well the rules of the labour accounts agree with published figures."""
