"""Word files (.docx): the document as it is printed, all of its changes accepted."""
