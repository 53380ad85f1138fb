"""What `app.py` serves: the page, its calls and uploads, and the rules for who may send requests."""
