"""The style sheets of web pages and e-books: what they hide, raise and number."""
