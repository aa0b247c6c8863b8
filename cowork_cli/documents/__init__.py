"""What is handed to other people: PDF pages, mail files, HTML."""
