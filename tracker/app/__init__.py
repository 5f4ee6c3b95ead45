"""What every face of the program stands on: the workspace, settings, paths, the clock."""
