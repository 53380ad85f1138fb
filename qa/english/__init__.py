"""Every English word list, once, a module a subject.

Lists that `index` needs too are in `index.text`: months, weekdays, function words.
"""
