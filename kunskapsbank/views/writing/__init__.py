"""Writing a contribution: the steps, saving while one writes, and the receipt."""
