"""The business in plain Python: frozen values and rules, standard library only."""
