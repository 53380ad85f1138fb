"""What `app.py` serves: the views of answers and documents, and who may ask."""
