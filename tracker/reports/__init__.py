"""The weekly report: what it says (`weekly`), its words (`sections`), and one face per format."""
