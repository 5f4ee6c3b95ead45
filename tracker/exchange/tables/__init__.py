"""Tables as offices keep them: headings, rows and cells → claims."""
