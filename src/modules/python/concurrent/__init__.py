"""Ways to run things at the same time: see concurrent.futures."""
