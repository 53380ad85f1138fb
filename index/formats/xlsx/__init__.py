"""Spreadsheets (.xlsx): the cells of each visible sheet as they are shown."""
