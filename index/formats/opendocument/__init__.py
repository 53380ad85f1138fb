"""OpenDocument files: texts (.odt), spreadsheets (.ods) and presentations (.odp)."""
