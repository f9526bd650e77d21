"""Sentences and words of prose: segment.py cuts, stops.py and unmarked.py tell where."""
