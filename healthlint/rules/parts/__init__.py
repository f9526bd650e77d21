"""What rule files of several kinds are made of: word lists, contexts, patterns, terms, and their anchors."""
