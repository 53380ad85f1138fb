"""From question-answering data to the reader's weights: `python -m training.reader`."""
