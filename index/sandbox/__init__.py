"""Reading and splitting untrusted files in a child process with limited memory and time."""
