"""The commands, one module a group; a module is imported when one of its commands is called.

There are more than twelve because a command pays for all that its module imports: `correct`
needs the reading of phrases, `undo` does not; `notify` needs no reports.
"""
