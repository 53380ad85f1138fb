"""What other programs call: questions, searches and changes of the served collection, over HTTP and MCP."""
