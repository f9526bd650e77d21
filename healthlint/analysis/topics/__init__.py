"""What texts are about: lexicon.py knows words, profile.py one text, and model.py whether two belong together."""
