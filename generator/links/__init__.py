"""Whether the pages that are cited still answer: the record of it over time, and how it is found out.

Nothing here decides whether a change is published; see `generator/commands/links.py`.
"""
