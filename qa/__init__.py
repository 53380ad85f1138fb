"""Questions, answered with proof: the half of Cited that reads."""

from qa.answer import Answer, Citation
from qa.article import article, article_collection
from qa.ask import ask

__all__ = ["Answer", "Citation", "article", "article_collection", "ask"]
