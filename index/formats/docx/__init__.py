"""Word files (.docx): the document as printed, with all tracked changes accepted."""
