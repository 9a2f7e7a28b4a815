"""Protest waves: self-exciting and contagion processes, fitted to dated events."""
