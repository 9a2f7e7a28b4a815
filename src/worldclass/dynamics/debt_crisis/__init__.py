"""Debt crises: cycles of wages and employment that private debt can tip into collapse."""
