"""Reads and splits what comes from outside in a child process, whose memory and time are limited."""
