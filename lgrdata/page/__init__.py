"""What a page is made of: blocks of words, tables and pictures, and their one drawing as HTML."""
